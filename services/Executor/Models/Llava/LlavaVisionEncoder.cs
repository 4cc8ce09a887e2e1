using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.Llava;

/// <summary>LLaVA-1.5's way from pixels to vision tokens: CLIP, feature selection, two-layer projector.</summary>
internal sealed class LlavaVisionEncoder : IVisionEncoder
{
    private readonly ClipVisionTower _tower;
    private readonly LlavaProjector _projector;
    private readonly bool _dropClassToken;

    /// <summary>Joins the parts.</summary>
    /// <param name="tower">Runs up to the selected layer.</param>
    /// <param name="projector">Maps to the language model's width.</param>
    /// <param name="dropClassToken">Whether the class token's row is left out (strategy "default").</param>
    public LlavaVisionEncoder(ClipVisionTower tower, LlavaProjector projector, bool dropClassToken)
    {
        _tower = tower;
        _projector = projector;
        _dropClassToken = dropClassToken;
    }

    /// <inheritdoc/>
    public Tensor Encode(Tensor pixels, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var states = _tower.Run(pixels, cancellationToken); // [P + 1, C of the tower]
        var selected = _dropClassToken ? states.narrow(0, 1, states.shape[0] - 1) : states; // [V, C of the tower]
        return _projector.Forward(selected).MoveToOuterDisposeScope(); // [V, C]
    }
}
