using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.Llava;

/// <summary>The two-layer perceptron between CLIP and the language model.</summary>
/// <param name="First">[C, C of the tower].</param>
/// <param name="Activation">Function between the layers.</param>
/// <param name="Second">[C, C].</param>
internal sealed record LlavaProjector(Linear First, Activation Activation, Linear Second)
{
    /// <summary>Maps features to the language model's width.</summary>
    /// <param name="features">Borrowed [V, C of the tower].</param>
    /// <returns>Owned [V, C].</returns>
    public Tensor Forward(Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var inner = Activation.Apply(First.Forward(features)); // [V, C]
        return Second.Forward(inner).MoveToOuterDisposeScope(); // [V, C]
    }
}
