using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Weights of a layer normalisation over the last dimension.</summary>
/// <param name="Weight">[C].</param>
/// <param name="Bias">[C].</param>
/// <param name="Epsilon">Added to the variance.</param>
internal readonly record struct LayerNorm(Tensor Weight, Tensor Bias, double Epsilon)
{
    /// <summary>Normalises the rows of <paramref name="x"/>.</summary>
    /// <param name="x">Borrowed [..., C].</param>
    /// <returns>Owned, of the same shape.</returns>
    public Tensor Forward(Tensor x) => torch.nn.functional.layer_norm(x, Weight, Bias, Epsilon);
}
