using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>view</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_view(nint self, ReadOnlySpan<long> size, int rank);

    /// <summary>Calls <c>reshape</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_reshape(nint self, ReadOnlySpan<long> size, int rank);

    /// <summary>Calls <c>expand</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_expand(nint self, ReadOnlySpan<long> size, int rank);

    /// <summary>Calls <c>permute</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_permute(nint self, ReadOnlySpan<long> dims, int count);

    /// <summary>Calls <c>flip</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_flip(nint self, ReadOnlySpan<long> dims, int count);

    /// <summary>Calls <c>repeat</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_repeat(nint self, ReadOnlySpan<long> repeats, int count);

    /// <summary>Calls <c>transpose</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_transpose(nint self, long dim0, long dim1);

    /// <summary>Calls <c>unsqueeze</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_unsqueeze(nint self, long dim);

    /// <summary>Calls <c>squeeze</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_squeeze(nint self, long dim);

    /// <summary>Calls <c>squeeze_all</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_squeeze_all(nint self);

    /// <summary>Calls <c>flatten</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_flatten(nint self, long startDim, long endDim);

    /// <summary>Calls <c>narrow</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_narrow(nint self, long dim, long start, long length);

    /// <summary>Calls <c>slice</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_slice(nint self, long dim, long start, long end, long step);

    /// <summary>Calls <c>select</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_select(nint self, long dim, long index);

    /// <summary>Calls <c>cat</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_cat(ReadOnlySpan<nint> tensors, int count, long dim);

    /// <summary>Calls <c>stack</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_stack(ReadOnlySpan<nint> tensors, int count, long dim);

    /// <summary>Calls <c>split</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_split(nint self, ReadOnlySpan<long> sizes, int count, long dim, Span<nint> pieces);

    /// <summary>Calls <c>chunk</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_chunk(nint self, long chunks, long dim, Span<nint> pieces);

    /// <summary>Calls <c>repeat_interleave</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_repeat_interleave(nint self, long repeats, long dim);

    /// <summary>Calls <c>repeat_interleave_each</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_repeat_interleave_each(nint self, nint repeats, long dim);

    /// <summary>Calls <c>triu</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_triu(nint self, long diagonal);

    /// <summary>Calls <c>tril</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_tril(nint self, long diagonal);
}
