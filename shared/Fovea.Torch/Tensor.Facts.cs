using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Shape, type and place.</content>
public sealed partial class Tensor
{
    /// <summary>Gets the number of dimensions.</summary>
    public long ndim => shape.Length;

    /// <summary>Gets the number of elements.</summary>
    public long numel
    {
        get
        {
            var count = ft_numel(Handle);
            GC.KeepAlive(this);
            return count;
        }
    }

    /// <summary>Gets the length of every dimension.</summary>
    public ReadOnlySpan<long> shape => _shape ??= ReadShape();

    /// <summary>Gets the distance, in elements, between neighbours along every dimension.</summary>
    public long[] strides
    {
        get
        {
            var values = new long[shape.Length];
            ft_strides(Handle, values);
            GC.KeepAlive(this);
            return values;
        }
    }

    /// <summary>Gets the element type.</summary>
    public ScalarType dtype
    {
        get
        {
            var id = ft_dtype(Handle);
            GC.KeepAlive(this);
            return (ScalarType)id;
        }
    }

    /// <summary>Gets the device that holds the elements.</summary>
    public Device device
    {
        get
        {
            var type = (DeviceType)ft_device_type(Handle);
            var index = ft_device_index(Handle);
            GC.KeepAlive(this);
            return new Device(type, Math.Max(index, 0));
        }
    }

    /// <summary>Gets the bytes of one element.</summary>
    public long element_size
    {
        get
        {
            var size = ft_element_size(Handle);
            GC.KeepAlive(this);
            return size;
        }
    }

    /// <summary>Gets the bytes of all elements, gaps of a view not counted.</summary>
    public long nbytes => numel * element_size;

    /// <summary>Tells whether the elements lie in memory in order and without gaps.</summary>
    public bool is_contiguous()
    {
        var contiguous = ft_is_contiguous(Handle) != 0;
        GC.KeepAlive(this);
        return contiguous;
    }

    /// <summary>Gives the length of one dimension; negative numbers count from the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public long size(long dim)
    {
        var sizes = shape;
        var index = dim < 0 ? dim + sizes.Length : dim;
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(dim));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, sizes.Length, nameof(dim));
        return sizes[(int)index];
    }

    private long[] ReadShape()
    {
        var values = new long[ft_dim(Handle)];
        ft_sizes(Handle, values);
        GC.KeepAlive(this);
        return values;
    }
}
