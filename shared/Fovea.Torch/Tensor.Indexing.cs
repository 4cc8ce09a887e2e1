using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Selecting and writing by index or mask.</content>
public sealed partial class Tensor
{
    /// <summary>Copies the places of one dimension that an index names.</summary>
    /// <param name="dim">Dimension of the places.</param>
    /// <param name="index">[n] int64 or int32.</param>
    public Tensor index_select(long dim, Tensor index) => Wrap(ft_index_select(Handle, dim, index.Handle), this, index);

    /// <summary>Copies, for every place of the index, the element of one dimension that it names.</summary>
    /// <param name="dim">Dimension that the index runs over.</param>
    /// <param name="index">Shape of the result, int64.</param>
    public Tensor gather(long dim, Tensor index) => Wrap(ft_gather(Handle, dim, index.Handle), this, index);

    /// <summary>Writes, for every place of the index, a source element where it names.</summary>
    /// <returns>This tensor.</returns>
    public Tensor scatter_(long dim, Tensor index, Tensor source)
        => Done(ft_scatter_(Handle, dim, index.Handle, source.Handle), index, source);

    /// <summary>Writes the places of a source to the places of one dimension that an index names.</summary>
    /// <returns>This tensor.</returns>
    public Tensor index_copy_(long dim, Tensor index, Tensor source)
        => Done(ft_index_copy_(Handle, dim, index.Handle, source.Handle), index, source);

    /// <summary>Sets the places of one dimension that an index names.</summary>
    /// <returns>This tensor.</returns>
    public Tensor index_fill_(long dim, Tensor index, double value) => Done(ft_index_fill_(Handle, dim, index.Handle, value), index);

    /// <summary>Copies what index tensors (int64 or bool, one per leading dimension, null for all of it) name together.</summary>
    public Tensor index(params ReadOnlySpan<Tensor?> indices)
    {
        var handles = HandlesOf(indices, stackalloc nint[indices.Length]);
        var result = Wrap(ft_index(Handle, handles, handles.Length), this);
        KeepAlive(indices);
        return result;
    }

    /// <summary>Writes values where index tensors (int64 or bool, one per leading dimension, null for all of it) name together.</summary>
    /// <returns>This tensor.</returns>
    public Tensor index_put_(Tensor values, params ReadOnlySpan<Tensor?> indices)
    {
        var handles = HandlesOf(indices, stackalloc nint[indices.Length]);
        Done(ft_index_put_(Handle, handles, handles.Length, values.Handle), values);
        KeepAlive(indices);
        return this;
    }

    /// <summary>Copies with a value where the mask is true.</summary>
    public Tensor masked_fill(Tensor mask, double value) => Wrap(ft_masked_fill(Handle, mask.Handle, value), this, mask);

    /// <summary>Sets a value where the mask is true.</summary>
    /// <returns>This tensor.</returns>
    public Tensor masked_fill_(Tensor mask, double value) => Done(ft_masked_fill_(Handle, mask.Handle, value), mask);

    /// <summary>Copies the elements where the mask is true to one dimension.</summary>
    public Tensor masked_select(Tensor mask) => Wrap(ft_masked_select(Handle, mask.Handle), this, mask);

    /// <summary>Writes the elements of a source, in order, where the mask is true.</summary>
    /// <returns>This tensor.</returns>
    public Tensor masked_scatter_(Tensor mask, Tensor source) => Done(ft_masked_scatter_(Handle, mask.Handle, source.Handle), mask, source);

    /// <summary>Gives the places of all elements that are not zero.</summary>
    /// <returns>[n, dimensions] int64, in order.</returns>
    public Tensor nonzero() => Wrap(ft_nonzero(Handle), this);

    /// <summary>Writes the handles of tensors to a buffer, zero for null.</summary>
    internal static Span<nint> HandlesOf(ReadOnlySpan<Tensor?> tensors, Span<nint> handles)
    {
        for (var i = 0; i < tensors.Length; i++)
        {
            handles[i] = tensors[i]?.Handle ?? 0;
        }

        return handles;
    }

    /// <summary>Keeps tensors reachable up to this call.</summary>
    internal static void KeepAlive(ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors)
        {
            GC.KeepAlive(tensor);
        }
    }
}
