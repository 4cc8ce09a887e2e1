using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>linear</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_linear(nint input, nint weight, nint bias);

    /// <summary>Calls <c>embedding</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_embedding(nint weight, nint indices);

    /// <summary>Calls <c>layer_norm</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_layer_norm(nint input, nint weight, nint bias, double eps);

    /// <summary>Calls <c>rms_norm</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_rms_norm(nint input, nint weight, double eps);

    /// <summary>Turns queries or keys by their rows' angles.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_rope(nint input, nint cos, nint sin, double scale);

    /// <summary>Calls <c>silu</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_silu(nint input);

    /// <summary>Updates its first operand by <c>silu_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_silu_(nint input);

    /// <summary>Updates its first operand by <c>silu_mul_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_silu_mul_(nint gate, nint up);

    /// <summary>Calls <c>gelu</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_gelu(nint input, int tanh);

    /// <summary>Calls <c>quick_gelu</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_quick_gelu(nint input);

    /// <summary>Calls <c>relu</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_relu(nint input);

    /// <summary>Calls <c>conv2d</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_conv2d(nint input, nint weight, nint bias, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding);

    /// <summary>Calls <c>cross_entropy</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_cross_entropy(nint input, nint target);

    /// <summary>Calls <c>kl_div</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_kl_div(nint input, nint target);

    /// <summary>Calls <c>has_sdpa</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_has_sdpa();

    /// <summary>Calls <c>sdpa</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sdpa(nint query, nint key, nint value, nint mask, int causal, double scale);
}
