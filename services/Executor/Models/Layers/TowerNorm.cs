using System.Runtime.InteropServices;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>A norm of a vision tower: LayerNorm where it has a bias, RMSNorm where not.</summary>
/// <param name="Weight">[C].</param>
/// <param name="Bias">[C] or null.</param>
/// <param name="Epsilon">Added to the variance or the mean square.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TowerNorm(Tensor Weight, Tensor? Bias, double Epsilon)
{
    /// <summary>Normalises the rows of <paramref name="x"/>.</summary>
    /// <param name="x">Borrowed [..., C].</param>
    /// <returns>Owned, of the same shape.</returns>
    public Tensor Forward(Tensor x) => Bias is null
        ? torch.nn.functional.rms_norm(x, Weight, Epsilon)
        : torch.nn.functional.layer_norm(x, Weight, Bias, Epsilon);
}
