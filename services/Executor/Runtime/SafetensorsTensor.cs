using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Unique in the file; not <c>__metadata__</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Dimensions; their product times the element size is the length of <paramref name="Data"/>.</param>
/// <param name="Data">Row-major, little-endian bytes.</param>
internal sealed record SafetensorsTensor(string Name, TensorDType DType, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>A tensor of single precision numbers; the values are copied.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<float> values, params long[] shape) =>
        new(name, TensorDType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of 64-bit whole numbers; the values are copied.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<long> values, params long[] shape) =>
        new(name, TensorDType.I64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of bytes; the values are copied.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<byte> values, params long[] shape) =>
        new(name, TensorDType.U8, shape, values.ToArray());
}
