using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Weights of y = x W^T + b.</summary>
/// <param name="Weight">[out, in].</param>
/// <param name="Bias">[out] or null.</param>
internal readonly record struct Linear(Tensor Weight, Tensor? Bias)
{
    /// <summary>Applies the layer to the rows of <paramref name="x"/>.</summary>
    /// <param name="x">Borrowed [..., in].</param>
    /// <returns>Owned [..., out].</returns>
    public Tensor Forward(Tensor x) => torch.nn.functional.linear(x, Weight, Bias);
}
