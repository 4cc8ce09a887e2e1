using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.InternVl;

/// <summary>The norm and the two-layer perceptron between InternViT and the language model.</summary>
/// <param name="Norm">Over the merged width M.</param>
/// <param name="First">[C, M].</param>
/// <param name="Activation">Function between the layers.</param>
/// <param name="Second">[C, C].</param>
internal sealed record InternVlProjector(TowerNorm Norm, Linear First, Activation Activation, Linear Second)
{
    /// <summary>Maps features to the language model's width.</summary>
    /// <param name="features">Borrowed [V, M].</param>
    /// <returns>Owned [V, C].</returns>
    public Tensor Forward(Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var inner = Activation.Apply(First.Forward(Norm.Forward(features))); // [V, C]
        return Second.Forward(inner).MoveToOuterDisposeScope(); // [V, C]
    }
}
