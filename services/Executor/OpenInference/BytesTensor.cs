using System.Buffers.Binary;
using Fovea.Contracts.OpenInference;
using Fovea.Executor.Intake;
using Google.Protobuf;

namespace Fovea.Executor.OpenInference;

/// <summary>Reads tensors of type BYTES, in either representation of the protocol.</summary>
internal static class BytesTensor
{
    /// <summary>Name of the element type.</summary>
    public const string DataType = "BYTES";

    private const int LengthBytes = 4;

    /// <summary>Gives the elements of an input; null when it has a fault, which is noted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="index">Which of its inputs.</param>
    /// <param name="faults">Where faults go.</param>
    public static IReadOnlyList<ByteString>? Read(ModelInferRequest request, int index, RequestFaults faults)
    {
        var before = faults.Count;
        var tensor = request.Inputs[index];
        var field = $"inputs[{index}] '{tensor.Name}'";
        if (!string.Equals(tensor.Datatype, DataType, StringComparison.Ordinal))
        {
            faults.Invalid(field, $"Its datatype is '{tensor.Datatype}', it must be {DataType}.");
        }

        if (tensor.Shape.Count != 1)
        {
            faults.Invalid(field, $"Its shape [{string.Join(", ", tensor.Shape)}] must be one number, the count of elements.");
        }

        var elements = request.RawInputContents.Count > 0 ? ReadRaw(request, index, field, faults) : tensor.Contents?.BytesContents ?? [];
        if (faults.Count == before && elements.Count != tensor.Shape[0])
        {
            faults.Invalid(field, $"It has {elements.Count} elements, its shape says {tensor.Shape[0]}.");
        }

        return faults.Count == before ? elements : null;
    }

    private static IReadOnlyList<ByteString> ReadRaw(ModelInferRequest request, int index, string field, RequestFaults faults)
    {
        if (request.Inputs[index].Contents is not null)
        {
            faults.Invalid(field, "It has contents beside raw_input_contents; only one of them may be used.");
        }

        if (index >= request.RawInputContents.Count)
        {
            faults.Invalid(field, $"raw_input_contents has {request.RawInputContents.Count} entries for {request.Inputs.Count} inputs.");
            return [];
        }

        var elements = new List<ByteString>();
        var content = request.RawInputContents[index].Memory;
        while (!content.IsEmpty)
        {
            var length = content.Length < LengthBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(content.Span);
            if (length < 0 || length > content.Length - LengthBytes)
            {
                faults.Invalid(field, $"Element {elements.Count} of raw_input_contents[{index}] ends beyond its {request.RawInputContents[index].Length} bytes.");
                return [];
            }

            elements.Add(UnsafeByteOperations.UnsafeWrap(content.Slice(LengthBytes, length)));
            content = content[(LengthBytes + length)..];
        }

        return elements;
    }
}
