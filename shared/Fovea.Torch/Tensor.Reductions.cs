using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Reductions, order and normalising.</content>
public sealed partial class Tensor
{
    /// <summary>Adds all elements; integers and truth values add up as int64.</summary>
    public Tensor sum() => sum([]);

    /// <summary>Adds along one dimension.</summary>
    public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

    /// <summary>Adds along dimensions (all, when none is named), in the given type.</summary>
    public Tensor sum(ReadOnlySpan<long> dims, bool keepdim = false, ScalarType? type = null)
        => Wrap(ft_sum(Handle, dims, dims.Length, keepdim ? 1 : 0, Id(type)), this);

    /// <summary>Averages all elements.</summary>
    public Tensor mean() => mean([]);

    /// <summary>Averages along one dimension.</summary>
    public Tensor mean(long dim, bool keepdim = false, ScalarType? type = null) => mean([dim], keepdim, type);

    /// <summary>Averages along dimensions (all, when none is named), in the given type.</summary>
    public Tensor mean(ReadOnlySpan<long> dims, bool keepdim = false, ScalarType? type = null)
        => Wrap(ft_mean(Handle, dims, dims.Length, keepdim ? 1 : 0, Id(type)), this);

    /// <summary>Gives the variance along dimensions, divided by n - 1 when unbiased, else by n.</summary>
    public Tensor var(ReadOnlySpan<long> dims, bool unbiased = true, bool keepdim = false)
        => Wrap(ft_var(Handle, dims, dims.Length, unbiased ? 1 : 0, keepdim ? 1 : 0), this);

    /// <summary>Gives the variance along one dimension, divided by n - 1 when unbiased, else by n.</summary>
    public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => var([dim], unbiased, keepdim);

    /// <summary>Gives the logarithm of the sum of exponentials along one dimension, without overflow.</summary>
    public Tensor logsumexp(long dim, bool keepdim = false) => Wrap(ft_logsumexp(Handle, dim, keepdim ? 1 : 0), this);

    /// <summary>Gives the largest element.</summary>
    public Tensor max() => Wrap(ft_max_all(Handle), this);

    /// <summary>Gives the smallest element.</summary>
    public Tensor min() => Wrap(ft_min_all(Handle), this);

    /// <summary>Gives the largest elements along one dimension and where they are.</summary>
    public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        => Pair(ft_max(Handle, dim, keepdim ? 1 : 0, out var values, out var indices), values, indices);

    /// <summary>Gives the smallest elements along one dimension and where they are.</summary>
    public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        => Pair(ft_min(Handle, dim, keepdim ? 1 : 0, out var values, out var indices), values, indices);

    /// <summary>Gives the largest elements along one dimension.</summary>
    public Tensor amax(long dim, bool keepdim = false) => Wrap(ft_amax(Handle, dim, keepdim ? 1 : 0), this);

    /// <summary>Gives where the largest elements along one dimension are.</summary>
    public Tensor argmax(long dim = -1, bool keepdim = false) => Wrap(ft_argmax(Handle, dim, keepdim ? 1 : 0), this);

    /// <summary>Gives where the smallest elements along one dimension are.</summary>
    public Tensor argmin(long dim = -1, bool keepdim = false) => Wrap(ft_argmin(Handle, dim, keepdim ? 1 : 0), this);

    /// <summary>Tells whether any element is true.</summary>
    public Tensor any() => Wrap(ft_any_all(Handle), this);

    /// <summary>Tells whether all elements are true.</summary>
    public Tensor all() => Wrap(ft_all_all(Handle), this);

    /// <summary>Tells whether any element along one dimension is true.</summary>
    public Tensor any(long dim, bool keepdim = false) => Wrap(ft_any(Handle, dim, keepdim ? 1 : 0), this);

    /// <summary>Tells whether all elements along one dimension are true.</summary>
    public Tensor all(long dim, bool keepdim = false) => Wrap(ft_all(Handle, dim, keepdim ? 1 : 0), this);

    /// <summary>Gives the k largest (or smallest) elements along one dimension and where they are; the order of equal ones is not promised.</summary>
    public (Tensor values, Tensor indexes) topk(long k, long dim = -1, bool largest = true, bool sorted = true)
        => Pair(ft_topk(Handle, k, dim, largest ? 1 : 0, sorted ? 1 : 0, out var values, out var indices), values, indices);

    /// <summary>Sorts along one dimension; equal elements keep their order.</summary>
    public (Tensor values, Tensor indexes) sort(long dim = -1, bool descending = false)
        => Pair(ft_sort(Handle, dim, descending ? 1 : 0, out var values, out var indices), values, indices);

    /// <summary>Gives the order that sorts along one dimension; equal elements keep theirs.</summary>
    public Tensor argsort(long dim = -1, bool descending = false) => Wrap(ft_argsort(Handle, dim, descending ? 1 : 0), this);

    /// <summary>Gives running sums along one dimension.</summary>
    public Tensor cumsum(long dim) => Wrap(ft_cumsum(Handle, dim), this);

    /// <summary>Gives exponentials that add up to 1 along one dimension, computed in the given type.</summary>
    public Tensor softmax(long dim, ScalarType? type = null) => Wrap(ft_softmax(Handle, dim, Id(type)), this);

    /// <summary>Gives the logarithm of <see cref="softmax"/>, computed in the given type.</summary>
    public Tensor log_softmax(long dim, ScalarType? type = null) => Wrap(ft_log_softmax(Handle, dim, Id(type)), this);

    private static int Id(ScalarType? type) => type is null ? -1 : (int)type;
}
