using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>add</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_add_double(nint self, double other);

    /// <summary>Calls <c>add</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_add_long(nint self, long other);

    /// <summary>Calls <c>sub</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sub_double(nint self, double other);

    /// <summary>Calls <c>sub</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sub_long(nint self, long other);

    /// <summary>Calls <c>mul</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_mul_double(nint self, double other);

    /// <summary>Calls <c>mul</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_mul_long(nint self, long other);

    /// <summary>Calls <c>div</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_div_double(nint self, double other);

    /// <summary>Calls <c>div</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_div_long(nint self, long other);

    /// <summary>Calls <c>pow</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_pow_double(nint self, double other);

    /// <summary>Calls <c>pow</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_pow_long(nint self, long other);

    /// <summary>Calls <c>remainder</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_remainder_double(nint self, double other);

    /// <summary>Calls <c>remainder</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_remainder_long(nint self, long other);

    /// <summary>Calls <c>eq</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_eq_double(nint self, double other);

    /// <summary>Calls <c>eq</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_eq_long(nint self, long other);

    /// <summary>Calls <c>ne</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_ne_double(nint self, double other);

    /// <summary>Calls <c>ne</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_ne_long(nint self, long other);

    /// <summary>Calls <c>lt</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_lt_double(nint self, double other);

    /// <summary>Calls <c>lt</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_lt_long(nint self, long other);

    /// <summary>Calls <c>le</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_le_double(nint self, double other);

    /// <summary>Calls <c>le</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_le_long(nint self, long other);

    /// <summary>Calls <c>gt</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_gt_double(nint self, double other);

    /// <summary>Calls <c>gt</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_gt_long(nint self, long other);

    /// <summary>Calls <c>ge</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_ge_double(nint self, double other);

    /// <summary>Calls <c>ge</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_ge_long(nint self, long other);

    /// <summary>Calls <c>clamp_min</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clamp_min_double(nint self, double other);

    /// <summary>Calls <c>clamp_min</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clamp_min_long(nint self, long other);

    /// <summary>Calls <c>clamp_max</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clamp_max_double(nint self, double other);

    /// <summary>Calls <c>clamp_max</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clamp_max_long(nint self, long other);

    /// <summary>Updates its first operand by <c>add_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_add_(nint self, nint other);

    /// <summary>Updates its first operand by <c>add_</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_add__double(nint self, double other);

    /// <summary>Updates its first operand by <c>add_</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_add__long(nint self, long other);

    /// <summary>Updates its first operand by <c>sub_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_sub_(nint self, nint other);

    /// <summary>Updates its first operand by <c>sub_</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_sub__double(nint self, double other);

    /// <summary>Updates its first operand by <c>sub_</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_sub__long(nint self, long other);

    /// <summary>Updates its first operand by <c>mul_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_mul_(nint self, nint other);

    /// <summary>Updates its first operand by <c>mul_</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_mul__double(nint self, double other);

    /// <summary>Updates its first operand by <c>mul_</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_mul__long(nint self, long other);

    /// <summary>Updates its first operand by <c>div_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_div_(nint self, nint other);

    /// <summary>Updates its first operand by <c>div_</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_div__double(nint self, double other);

    /// <summary>Updates its first operand by <c>div_</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_div__long(nint self, long other);

    /// <summary>Calls <c>add_scaled</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_add_scaled(nint self, nint other, double alpha);

    /// <summary>Updates its first operand by <c>add_scaled_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_add_scaled_(nint self, nint other, double alpha);

    /// <summary>Calls <c>floor_divide</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_floor_divide(nint self, long other);

    /// <summary>Calls <c>clamp</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clamp_double(nint self, double min, double max);

    /// <summary>Calls <c>clamp</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clamp_long(nint self, long min, long max);
}
