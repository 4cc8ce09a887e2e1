using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Computes the activation functions that configurations name.</summary>
internal static class ActivationFunctions
{
    /// <summary>Applies a function element by element.</summary>
    /// <param name="activation">Which one.</param>
    /// <param name="x">Borrowed, of any shape.</param>
    /// <returns>Owned, of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The function is unknown.</exception>
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.Silu => torch.nn.functional.silu(x),
        Activation.QuickGelu => torch.nn.functional.quick_gelu(x),
        Activation.Gelu => torch.nn.functional.gelu(x),
        Activation.GeluTanh => torch.nn.functional.gelu(x, GeluApproximation.Tanh),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "The activation is unknown."),
    };
}
