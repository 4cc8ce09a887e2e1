using System.Runtime.InteropServices;
using Fovea.Torch.Interop;
using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Making tensors.</content>
public static partial class torch
{
    /// <summary>Makes a tensor whose elements are whatever the memory held.</summary>
    public static Tensor empty(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device device = default)
        => Tensor.Wrap(ft_empty(size, size.Length, (int)dtype, (int)device.Type, device.NativeIndex));

    /// <summary>Makes a tensor of zeros.</summary>
    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device device = default)
        => Tensor.Wrap(ft_zeros(size, size.Length, (int)dtype, (int)device.Type, device.NativeIndex));

    /// <summary>Makes a tensor of ones.</summary>
    public static Tensor ones(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device device = default)
        => full(size, 1L, dtype, device);

    /// <summary>Makes a tensor of one value.</summary>
    public static Tensor full(ReadOnlySpan<long> size, double value, ScalarType dtype = ScalarType.Float32, Device device = default)
        => empty(size, dtype, device).fill_(value);

    /// <summary>Makes a tensor of one whole value.</summary>
    public static Tensor full(ReadOnlySpan<long> size, long value, ScalarType dtype = ScalarType.Int64, Device device = default)
        => empty(size, dtype, device).fill_(value);

    /// <summary>Makes a tensor of normal random numbers from the default generator, seeded by <see cref="manual_seed"/>.</summary>
    public static Tensor randn(ReadOnlySpan<long> size, ScalarType dtype = ScalarType.Float32, Device device = default)
        => Tensor.Wrap(ft_randn(size, size.Length, (int)dtype, (int)device.Type, device.NativeIndex));

    /// <summary>Makes the numbers 0, 1, ... before an end.</summary>
    /// <returns>[stop].</returns>
    public static Tensor arange(long stop, ScalarType dtype = ScalarType.Int64, Device device = default)
        => arange(0, stop, 1, dtype, device);

    /// <summary>Makes the numbers from start, in steps, before an end.</summary>
    /// <returns>[ceil((stop - start) / step)].</returns>
    public static Tensor arange(long start, long stop, long step, ScalarType dtype = ScalarType.Int64, Device device = default)
        => Tensor.Wrap(ft_arange(start, stop, step, (int)dtype, (int)device.Type, device.NativeIndex));

    /// <summary>Makes a tensor of .NET values: one dimension when no shape is given.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public static Tensor tensor<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape = default, ScalarType? dtype = null, Device device = default)
        where T : unmanaged
    {
        var stored = ScalarTypes.Of<T>();
        var made = empty(shape.IsEmpty ? [data.Length] : shape, stored).CopyFrom(data);
        return Converted(made, dtype ?? stored, device);
    }

    /// <summary>Makes a tensor without dimensions of one value.</summary>
    public static Tensor scalar<T>(T value, ScalarType? dtype = null, Device device = default)
        where T : unmanaged
    {
        var stored = ScalarTypes.Of<T>();
        var made = empty([], stored).CopyFrom(MemoryMarshal.CreateReadOnlySpan(ref value, 1));
        return Converted(made, dtype ?? stored, device);
    }

    /// <summary>Makes a tensor over memory that exists already, without a copy.</summary>
    /// <param name="data">Address of the first element; aligned for the type.</param>
    /// <param name="shape">Shape of the contiguous elements.</param>
    /// <param name="dtype">Type of the elements.</param>
    /// <param name="owner">Kept alive (a <see cref="SafeHandle"/>: kept open) until the last view of the memory is released.</param>
    /// <exception cref="ArgumentException">The address is not aligned for the type.</exception>
    public static Tensor from_blob(nint data, ReadOnlySpan<long> shape, ScalarType dtype, object owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfZero(data);
        if (data % dtype.SizeInBytes() != 0)
        {
            throw new ArgumentException($"Address 0x{data:x} is not aligned for {dtype}; copy the elements instead.", nameof(data));
        }

        return OverMemory(data, shape, dtype, BlobOwner.Hold(owner));
    }

    /// <summary>Makes a tensor over an array, which stays pinned, without a copy, until the last view is released.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public static unsafe Tensor from_array<T>(T[] data, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(data);
        var expected = 1L;
        foreach (var length in shape)
        {
            expected *= length;
        }

        if (expected != data.Length)
        {
            throw new ArgumentException($"The shape has {expected} elements, the array {data.Length}.", nameof(shape));
        }

        var pin = data.AsMemory().Pin();
        return OverMemory((nint)pin.Pointer, shape, ScalarTypes.Of<T>(), BlobOwner.Hold(pin, data));
    }

    private static Tensor OverMemory(nint data, ReadOnlySpan<long> shape, ScalarType dtype, nint context)
    {
        var handle = ft_from_blob(data, shape, shape.Length, (int)dtype, BlobOwner.ReleaseCallback, context);
        return Tensor.Wrap(handle);
    }

    private static Tensor Converted(Tensor made, ScalarType dtype, Device device)
    {
        if (made.dtype == dtype && device.Type == DeviceType.CPU)
        {
            return made;
        }

        using (made)
        {
            return made.to(dtype, device);
        }
    }
}
