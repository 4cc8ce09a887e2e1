using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>index_select</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_index_select(nint self, long dim, nint index);

    /// <summary>Calls <c>index_select_out</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_index_select_out(nint result, nint self, long dim, nint index);

    /// <summary>Calls <c>gather</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_gather(nint self, long dim, nint index);

    /// <summary>Updates its first operand by <c>scatter_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_scatter_(nint self, long dim, nint index, nint source);

    /// <summary>Updates its first operand by <c>index_copy_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_index_copy_(nint self, long dim, nint index, nint source);

    /// <summary>Updates its first operand by <c>index_fill_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_index_fill_(nint self, long dim, nint index, double value);

    /// <summary>Calls <c>index</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_index(nint self, ReadOnlySpan<nint> indices, int count);

    /// <summary>Updates its first operand by <c>index_put_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_index_put_(nint self, ReadOnlySpan<nint> indices, int count, nint values);

    /// <summary>Calls <c>masked_fill</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_masked_fill(nint self, nint mask, double value);

    /// <summary>Updates its first operand by <c>masked_fill_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_masked_fill_(nint self, nint mask, double value);

    /// <summary>Calls <c>masked_select</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_masked_select(nint self, nint mask);

    /// <summary>Updates its first operand by <c>masked_scatter_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_masked_scatter_(nint self, nint mask, nint source);

    /// <summary>Calls <c>nonzero</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_nonzero(nint self);
}
