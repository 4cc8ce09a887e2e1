using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

internal static partial class NativeApi
{
    /// <summary>Calls <c>sum</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_sum(nint self, ReadOnlySpan<long> dims, int count, int keepdim, int dtype);

    /// <summary>Calls <c>mean</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_mean(nint self, ReadOnlySpan<long> dims, int count, int keepdim, int dtype);

    /// <summary>Calls <c>var</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_var(nint self, ReadOnlySpan<long> dims, int count, int unbiased, int keepdim);

    /// <summary>Calls <c>logsumexp</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_logsumexp(nint self, long dim, int keepdim);

    /// <summary>Calls <c>max_all</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_max_all(nint self);

    /// <summary>Calls <c>min_all</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_min_all(nint self);

    /// <summary>Calls <c>max</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_max(nint self, long dim, int keepdim, out nint values, out nint indices);

    /// <summary>Calls <c>min</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_min(nint self, long dim, int keepdim, out nint values, out nint indices);

    /// <summary>Calls <c>amax</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_amax(nint self, long dim, int keepdim);

    /// <summary>Calls <c>argmax</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_argmax(nint self, long dim, int keepdim);

    /// <summary>Calls <c>argmin</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_argmin(nint self, long dim, int keepdim);

    /// <summary>Calls <c>any_all</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_any_all(nint self);

    /// <summary>Calls <c>all_all</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_all_all(nint self);

    /// <summary>Calls <c>any</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_any(nint self, long dim, int keepdim);

    /// <summary>Calls <c>all</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_all(nint self, long dim, int keepdim);

    /// <summary>Calls <c>topk</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_topk(nint self, long k, long dim, int largest, int sorted, out nint values, out nint indices);

    /// <summary>Calls <c>sort</c>.</summary>
    [LibraryImport(Library)]
    internal static partial int ft_sort(nint self, long dim, int descending, out nint values, out nint indices);

    /// <summary>Calls <c>argsort</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_argsort(nint self, long dim, int descending);

    /// <summary>Calls <c>cumsum</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_cumsum(nint self, long dim);

    /// <summary>Calls <c>softmax</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_softmax(nint self, long dim, int dtype);

    /// <summary>Calls <c>log_softmax</c>.</summary>
    [LibraryImport(Library)]
    internal static partial nint ft_log_softmax(nint self, long dim, int dtype);
}
