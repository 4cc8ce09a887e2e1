using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Llava;

/// <summary>LLaVA-1.5's way from pixels to vision tokens: CLIP, feature selection, two-layer projector.</summary>
internal sealed class LlavaVisionEncoder : IVisionEncoder
{
    private readonly ClipVisionTower _tower;
    private readonly LlavaProjector _projector;
    private readonly LlavaConfig _config;

    /// <summary>Joins the parts.</summary>
    /// <param name="tower">Runs up to the selected layer.</param>
    /// <param name="projector">Maps to the language model's width.</param>
    /// <param name="config">Says which rows become vision tokens.</param>
    public LlavaVisionEncoder(ClipVisionTower tower, LlavaProjector projector, LlavaConfig config)
    {
        _tower = tower;
        _projector = projector;
        _config = config;
    }

    /// <inheritdoc/>
    public ImageTokens TokensOf(PixelValues image)
    {
        PictureShape.Require(image.Shape.AsSpan(), _config.Vision.ImageSize);
        return LlavaImages.TokensOf(_config);
    }

    /// <inheritdoc/>
    public Tensor Encode(VisionInput image, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        PictureShape.Require(image.Pixels.shape, _config.Vision.ImageSize);
        return EncodePicture(image.Pixels, cancellationToken).MoveToOuterDisposeScope(); // [V, C]
    }

    /// <summary>Encodes one picture.</summary>
    /// <param name="pixels">Borrowed [3, side, side].</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned [V, C].</returns>
    public Tensor EncodePicture(Tensor pixels, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var states = _tower.Run(pixels, cancellationToken); // [P + 1, C of the tower]
        var selected = _config.FeatureSelection == FeatureSelection.Patches ? states.narrow(0, 1, states.shape[0] - 1) : states; // [V, C of the tower]
        return _projector.Forward(selected).MoveToOuterDisposeScope(); // [V, C]
    }
}
