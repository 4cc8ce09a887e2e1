using System.Runtime.CompilerServices;
using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Elements as .NET values.</content>
public sealed partial class Tensor
{
    /// <summary>Gives the elements of a contiguous tensor on the processor, in place; the span is valid until the tensor is disposed.</summary>
    /// <exception cref="InvalidOperationException">The tensor is elsewhere, has gaps, or stores another type.</exception>
    public unsafe Span<T> data<T>()
        where T : unmanaged
    {
        if (!dtype.IsStoredAs<T>())
        {
            throw new InvalidOperationException($"The tensor stores {dtype}, which {typeof(T).Name} does not read.");
        }

        if (device.Type != DeviceType.CPU || !is_contiguous())
        {
            throw new InvalidOperationException($"Only contiguous tensors on the processor give their elements in place; this is {this}.");
        }

        return new Span<T>((void*)data_ptr(), checked((int)numel));
    }

    /// <summary>Gives the address of the first element, valid until the tensor is disposed.</summary>
    public nint data_ptr()
    {
        var address = ft_data_ptr(Handle);
        GC.KeepAlive(this);
        return address;
    }

    /// <summary>Copies the elements, in order, to a span of the same length; moves them from another device if they are there.</summary>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        if (destination.Length != numel)
        {
            throw new ArgumentException($"The tensor has {numel} elements, the destination {destination.Length}.", nameof(destination));
        }

        using var plain = Plain();
        plain.data<T>().CopyTo(destination);
    }

    /// <summary>Replaces the elements, in order, by those of a span of the same length.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public Tensor CopyFrom<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        if (source.Length != numel)
        {
            throw new ArgumentException($"The tensor has {numel} elements, the source {source.Length}.", nameof(source));
        }

        if (device.Type == DeviceType.CPU && is_contiguous())
        {
            source.CopyTo(data<T>());
            return this;
        }

        using var staged = torch.tensor(source, shape);
        return copy_(staged);
    }

    /// <summary>Copies the elements to a new array of the type that stores them.</summary>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[numel];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>Copies the elements to a new array, converted to single precision.</summary>
    public float[] ToSingleArray() => ToConvertedArray<float>(ScalarType.Float32);

    /// <summary>Copies the elements to a new array, converted to 64-bit integers.</summary>
    public long[] ToInt64Array() => ToConvertedArray<long>(ScalarType.Int64);

    /// <summary>Copies the elements to a new array, converted to truth values.</summary>
    public bool[] ToBooleanArray() => ToConvertedArray<bool>(ScalarType.Bool);

    /// <summary>Gives the one element, converted.</summary>
    /// <exception cref="TorchException">The tensor has not exactly one element.</exception>
    public T item<T>()
        where T : unmanaged
        => ScalarTypes.Of<T>() switch
        {
            ScalarType.Float32 => As<T, float>(ToSingle()),
            ScalarType.Float64 => As<T, double>(ToDouble()),
            ScalarType.Int64 => As<T, long>(ToInt64()),
            ScalarType.Int32 => As<T, int>(checked((int)ToInt64())),
            ScalarType.Bool => As<T, bool>(ToBoolean()),
            ScalarType.Byte => As<T, byte>(checked((byte)ToInt64())),
            _ => throw new NotSupportedException($"One element is not given as {typeof(T).Name}."),
        };

    /// <summary>Gives the one element in double precision.</summary>
    /// <exception cref="TorchException">The tensor has not exactly one element.</exception>
    public double ToDouble()
    {
        Done(ft_item_double(Handle, out var value));
        return value;
    }

    /// <summary>Gives the one element in single precision.</summary>
    /// <exception cref="TorchException">The tensor has not exactly one element.</exception>
    public float ToSingle() => (float)ToDouble();

    /// <summary>Gives the one element as an integer.</summary>
    /// <exception cref="TorchException">The tensor has not exactly one element.</exception>
    public long ToInt64()
    {
        Done(ft_item_long(Handle, out var value));
        return value;
    }

    /// <summary>Gives the one element as a truth value: whether it is not zero.</summary>
    /// <exception cref="TorchException">The tensor has not exactly one element.</exception>
    public bool ToBoolean() => ToDouble() != 0;

    private static TTo As<TTo, TFrom>(TFrom value) => Unsafe.As<TFrom, TTo>(ref value);

    private T[] ToConvertedArray<T>(ScalarType type)
        where T : unmanaged
    {
        using var converted = to(type);
        return converted.ToArray<T>();
    }

    private Tensor Plain()
    {
        using var here = device.Type == DeviceType.CPU ? alias() : to(torch.CPU);
        return here.contiguous();
    }
}
