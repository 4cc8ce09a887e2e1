using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Views and rearrangements.</content>
public sealed partial class Tensor
{
    /// <summary>Sees the same memory in another shape; one length may be -1.</summary>
    /// <exception cref="TorchException">The strides do not allow it.</exception>
    public Tensor view(params ReadOnlySpan<long> shape) => Wrap(ft_view(Handle, shape, shape.Length), this);

    /// <summary>Gives the elements in another shape, copied only where a view is impossible; one length may be -1.</summary>
    public Tensor reshape(params ReadOnlySpan<long> shape) => Wrap(ft_reshape(Handle, shape, shape.Length), this);

    /// <summary>Repeats dimensions of length 1 without copying; -1 keeps a length.</summary>
    public Tensor expand(params ReadOnlySpan<long> sizes) => Wrap(ft_expand(Handle, sizes, sizes.Length), this);

    /// <summary>Reorders all dimensions, without copying.</summary>
    public Tensor permute(params ReadOnlySpan<long> dims) => Wrap(ft_permute(Handle, dims, dims.Length), this);

    /// <summary>Reverses the order along dimensions, copying.</summary>
    public Tensor flip(params ReadOnlySpan<long> dims) => Wrap(ft_flip(Handle, dims, dims.Length), this);

    /// <summary>Tiles the tensor, copying.</summary>
    public Tensor repeat(params ReadOnlySpan<long> repeats) => Wrap(ft_repeat(Handle, repeats, repeats.Length), this);

    /// <summary>Swaps two dimensions, without copying.</summary>
    public Tensor transpose(long dim0, long dim1) => Wrap(ft_transpose(Handle, dim0, dim1), this);

    /// <summary>Swaps the two dimensions of a matrix, without copying.</summary>
    public Tensor t() => transpose(0, 1);

    /// <summary>Adds a dimension of length 1.</summary>
    public Tensor unsqueeze(long dim) => Wrap(ft_unsqueeze(Handle, dim), this);

    /// <summary>Drops a dimension if its length is 1.</summary>
    public Tensor squeeze(long dim) => Wrap(ft_squeeze(Handle, dim), this);

    /// <summary>Drops every dimension of length 1.</summary>
    public Tensor squeeze() => Wrap(ft_squeeze_all(Handle), this);

    /// <summary>Joins a run of dimensions into one.</summary>
    public Tensor flatten(long start_dim = 0, long end_dim = -1) => Wrap(ft_flatten(Handle, start_dim, end_dim), this);

    /// <summary>Sees a run of one dimension.</summary>
    public Tensor narrow(long dim, long start, long length) => Wrap(ft_narrow(Handle, dim, start, length), this);

    /// <summary>Sees every <paramref name="step"/>-th place of one dimension from start to before finish, both clipped to the length.</summary>
    public Tensor slice(long dim, long start, long finish, long step = 1) => Wrap(ft_slice(Handle, dim, start, finish, step), this);

    /// <summary>Sees one place of one dimension, which disappears.</summary>
    public Tensor select(long dim, long index) => Wrap(ft_select(Handle, dim, index), this);

    /// <summary>Cuts one dimension into views of the given length, the last one shorter if need be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public Tensor[] split(long split_size, long dim = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(split_size);
        var length = size(dim);
        var sizes = new long[Math.Max(1, (length + split_size - 1) / split_size)];
        Array.Fill(sizes, split_size);
        sizes[^1] = length - (split_size * (sizes.Length - 1));
        return split(sizes, dim);
    }

    /// <summary>Cuts one dimension into views of the given lengths, which must add up to its own.</summary>
    public Tensor[] split(ReadOnlySpan<long> split_sizes, long dim = 0)
    {
        var handles = new nint[split_sizes.Length];
        return WrapAll(ft_split(Handle, split_sizes, split_sizes.Length, dim, handles), handles);
    }

    /// <summary>Cuts one dimension into at most this many views of equal length, the last one shorter if need be.</summary>
    public Tensor[] chunk(long chunks, long dim = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunks);
        var handles = new nint[chunks];
        return WrapAll(ft_chunk(Handle, chunks, dim, handles), handles);
    }

    /// <summary>Repeats each place of one dimension in a row: a b becomes a a b b.</summary>
    public Tensor repeat_interleave(long repeats, long dim) => Wrap(ft_repeat_interleave(Handle, repeats, dim), this);

    /// <summary>Repeats each place of one dimension its own number of times.</summary>
    /// <param name="repeats">[places] int64.</param>
    /// <param name="dim">Dimension of the places.</param>
    public Tensor repeat_interleave(Tensor repeats, long dim)
        => Wrap(ft_repeat_interleave_each(Handle, repeats.Handle, dim), this, repeats);

    /// <summary>Keeps the part on and above a diagonal, zeros the rest.</summary>
    public Tensor triu(long diagonal = 0) => Wrap(ft_triu(Handle, diagonal), this);

    /// <summary>Keeps the part on and below a diagonal, zeros the rest.</summary>
    public Tensor tril(long diagonal = 0) => Wrap(ft_tril(Handle, diagonal), this);

    private Tensor[] WrapAll(int count, ReadOnlySpan<nint> handles)
    {
        GC.KeepAlive(this);
        TorchException.ThrowIfFailed(count);
        var pieces = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            pieces[i] = Wrap(handles[i]);
        }

        return pieces;
    }
}
