using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>empty</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_empty(ReadOnlySpan<long> size, int rank, int dtype, int deviceType, int deviceIndex);

    /// <summary>Calls <c>zeros</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_zeros(ReadOnlySpan<long> size, int rank, int dtype, int deviceType, int deviceIndex);

    /// <summary>Calls <c>randn</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_randn(ReadOnlySpan<long> size, int rank, int dtype, int deviceType, int deviceIndex);

    /// <summary>Calls <c>arange</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_arange(long start, long end, long step, int dtype, int deviceType, int deviceIndex);

    /// <summary>Makes a CPU tensor over memory that <c>release(context)</c> lets go.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_from_blob(nint data, ReadOnlySpan<long> size, int rank, int dtype, nint release, nint context);

    /// <summary>Calls <c>dim</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ft_dim(nint self);

    /// <summary>Calls <c>numel</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ft_numel(nint self);

    /// <summary>Calls <c>dtype</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ft_dtype(nint self);

    /// <summary>Calls <c>element_size</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ft_element_size(nint self);

    /// <summary>Calls <c>device_type</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ft_device_type(nint self);

    /// <summary>Calls <c>device_index</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ft_device_index(nint self);

    /// <summary>Calls <c>is_contiguous</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ft_is_contiguous(nint self);

    /// <summary>Calls <c>data_ptr</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_data_ptr(nint self);

    /// <summary>Calls <c>sizes</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void ft_sizes(nint self, Span<long> sizes);

    /// <summary>Calls <c>strides</c>.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void ft_strides(nint self, Span<long> strides);

    /// <summary>Calls <c>alias</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_alias(nint self);

    /// <summary>Calls <c>to</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_to(nint self, int dtype, int deviceType, int deviceIndex, int nonBlocking);

    /// <summary>Calls <c>to_dtype</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_to_dtype(nint self, int dtype);

    /// <summary>Calls <c>clone</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_clone(nint self);

    /// <summary>Calls <c>contiguous</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_contiguous(nint self);

    /// <summary>Updates its first operand by <c>copy_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_copy_(nint self, nint source, int nonBlocking);

    /// <summary>Updates its first operand by <c>fill_double_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_fill_double_(nint self, double value);

    /// <summary>Updates its first operand by <c>fill_long_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_fill_long_(nint self, long value);

    /// <summary>Updates its first operand by <c>zero_</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_zero_(nint self);

    /// <summary>Calls <c>item</c> with a floating-point scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_item_double(nint self, out double value);

    /// <summary>Calls <c>item</c> with an integer scalar.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_item_long(nint self, out long value);
}
