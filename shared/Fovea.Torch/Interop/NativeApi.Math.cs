using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>neg</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_neg(nint self);

    /// <summary>Calls <c>sqrt</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sqrt(nint self);

    /// <summary>Calls <c>rsqrt</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_rsqrt(nint self);

    /// <summary>Calls <c>exp</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_exp(nint self);

    /// <summary>Calls <c>log</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_log(nint self);

    /// <summary>Calls <c>sin</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sin(nint self);

    /// <summary>Calls <c>cos</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_cos(nint self);

    /// <summary>Calls <c>tanh</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_tanh(nint self);

    /// <summary>Calls <c>sigmoid</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sigmoid(nint self);

    /// <summary>Calls <c>abs</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_abs(nint self);

    /// <summary>Calls <c>floor</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_floor(nint self);

    /// <summary>Calls <c>round</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_round(nint self);

    /// <summary>Calls <c>square</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_square(nint self);

    /// <summary>Calls <c>isnan</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_isnan(nint self);

    /// <summary>Calls <c>logical_not</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_logical_not(nint self);

    /// <summary>Updates its first operand by <c>neg_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_neg_(nint self);

    /// <summary>Updates its first operand by <c>exp_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_exp_(nint self);

    /// <summary>Updates its first operand by <c>sqrt_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_sqrt_(nint self);

    /// <summary>Updates its first operand by <c>rsqrt_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_rsqrt_(nint self);

    /// <summary>Updates its first operand by <c>sigmoid_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_sigmoid_(nint self);

    /// <summary>Calls <c>add</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_add(nint self, nint other);

    /// <summary>Calls <c>sub</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sub(nint self, nint other);

    /// <summary>Calls <c>mul</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_mul(nint self, nint other);

    /// <summary>Calls <c>div</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_div(nint self, nint other);

    /// <summary>Calls <c>pow</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_pow(nint self, nint other);

    /// <summary>Calls <c>maximum</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_maximum(nint self, nint other);

    /// <summary>Calls <c>minimum</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_minimum(nint self, nint other);

    /// <summary>Calls <c>eq</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_eq(nint self, nint other);

    /// <summary>Calls <c>ne</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_ne(nint self, nint other);

    /// <summary>Calls <c>lt</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_lt(nint self, nint other);

    /// <summary>Calls <c>le</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_le(nint self, nint other);

    /// <summary>Calls <c>gt</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_gt(nint self, nint other);

    /// <summary>Calls <c>ge</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_ge(nint self, nint other);

    /// <summary>Calls <c>logical_and</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_logical_and(nint self, nint other);

    /// <summary>Calls <c>logical_or</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_logical_or(nint self, nint other);

    /// <summary>Calls <c>where</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_where(nint condition, nint self, nint other);

    /// <summary>Calls <c>equal</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_equal(nint self, nint other, out int result);

    /// <summary>Calls <c>allclose</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_allclose(nint self, nint other, double rtol, double atol, out int result);
}
