namespace Fovea.Executor.Runtime;

/// <summary>Where one tensor lies in the data part of a safetensors file.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Dimensions; empty for a scalar.</param>
/// <param name="Begin">First byte, from the start of the data part.</param>
/// <param name="End">One past the last byte.</param>
internal sealed record TensorLayout(string Name, TensorDType DType, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Bytes of the tensor.</summary>
    public long ByteCount => End - Begin;
}
