using System.Buffers.Binary;
using System.Text.Json;

namespace Fovea.Executor.Runtime;

/// <summary>
/// The checked header of a safetensors file: every layout is in bounds, and together they fill the data part without gap or overlap.
/// </summary>
/// <param name="Tensors">Layouts in the order of their data.</param>
/// <param name="Metadata">The string pairs of <c>__metadata__</c>.</param>
/// <param name="DataStart">Offset in the file where the data part begins.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<TensorLayout> Tensors,
    IReadOnlyDictionary<string, string> Metadata,
    long DataStart)
{
    /// <summary>Largest header that is accepted, in bytes (the format's own limit).</summary>
    public const long MaxBytes = 100_000_000;

    private const int LengthBytes = 8;
    private const int MaxRank = 16;
    private const string MetadataKey = "__metadata__";

    /// <summary>Reads the length field: the size of the JSON text, or null with a fault.</summary>
    public static long? ReadLength(ReadOnlySpan<byte> start, long fileBytes, string file, FaultList faults)
    {
        if (start.Length < LengthBytes)
        {
            faults.Add($"{file}: {fileBytes} bytes is too short for a safetensors file");
            return null;
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > (ulong)MaxBytes)
        {
            faults.Add($"{file}: a header of {length} bytes is over the limit of {MaxBytes}");
            return null;
        }

        if ((long)length > fileBytes - LengthBytes)
        {
            faults.Add($"{file}: the header needs {length} bytes and the file has {fileBytes - LengthBytes} after its length field");
            return null;
        }

        return (long)length;
    }

    /// <summary>
    /// Checks the JSON text of a header against the size of the file; every fault is added, and null returned when there is one.
    /// </summary>
    public static SafetensorsHeader? Parse(ReadOnlyMemory<byte> json, long fileBytes, string file, FaultList faults)
    {
        var local = new FaultList();
        var dataStart = LengthBytes + json.Length;
        if (json.IsEmpty || json.Span[0] != (byte)'{')
        {
            faults.Add($"{file}: the header does not begin with '{{'");
            return null;
        }

        using var document = JsonFile.Parse(json, file, local);
        var tensors = new List<TensorLayout>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (document is not null)
        {
            var root = new JsonObjectReader(document.RootElement, file, "$", local);
            ReadEntries(root, tensors, metadata);
            CheckCover(tensors, fileBytes - dataStart, file, local);
        }

        foreach (var fault in local.Items)
        {
            faults.Add(fault);
        }

        return local.IsEmpty ? new SafetensorsHeader(tensors, metadata, dataStart) : null;
    }

    private static void ReadEntries(JsonObjectReader root, List<TensorLayout> tensors, Dictionary<string, string> metadata)
    {
        foreach (var property in root.Properties())
        {
            var name = property.Name;
            var entry = new JsonObjectReader(property.Value, root.File, $"$[\"{name}\"]", root.Faults);
            if (name == MetadataKey)
            {
                foreach (var pair in entry.Properties())
                {
                    metadata[pair.Name] = entry.String(pair.Name, string.Empty);
                }
            }
            else if (ReadLayout(entry, name) is { } layout)
            {
                tensors.Add(layout);
            }
        }
    }

    private static TensorLayout? ReadLayout(JsonObjectReader entry, string name)
    {
        var typeName = entry.RequiredString("dtype");
        if (!TensorDTypes.TryParse(typeName, out var type))
        {
            entry.Fault("dtype", $"is \"{typeName}\", none of {TensorDTypes.All}");
            return null;
        }

        var shape = ReadNumbers(entry, "shape", MaxRank);
        var offsets = ReadNumbers(entry, "data_offsets", 2);
        if (shape is null || offsets is null)
        {
            return null;
        }

        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            entry.Fault("data_offsets", $"are [{string.Join(", ", offsets)}], not a begin and an end after it");
            return null;
        }

        var bytes = (Int128)type.Size();
        foreach (var dimension in shape)
        {
            bytes = Int128.Min(bytes * dimension, long.MaxValue);
        }

        if (bytes != offsets[1] - offsets[0])
        {
            entry.Fault("shape", $"[{string.Join(", ", shape)}] of {typeName} does not fill the {offsets[1] - offsets[0]} bytes of data_offsets");
            return null;
        }

        return new TensorLayout(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[]? ReadNumbers(JsonObjectReader entry, string field, int limit)
    {
        if (!entry.TryGet(field, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > limit)
        {
            entry.Fault(field, $"is no array of at most {limit} numbers");
            return null;
        }

        var numbers = new long[value.GetArrayLength()];
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out var number) || number < 0)
            {
                entry.Fault(field, $"holds {JsonKinds.Show(element)} where a whole number from 0 on is needed");
                return null;
            }

            numbers[index++] = number;
        }

        return numbers;
    }

    private static void CheckCover(List<TensorLayout> tensors, long dataBytes, string file, FaultList faults)
    {
        tensors.Sort(static (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != end)
            {
                var what = tensor.Begin < end ? "overlaps the tensor before it" : "leaves a gap before it";
                faults.Add($"{file}: {tensor.Name} begins at {tensor.Begin} and {what}, which ends at {end}");
            }

            end = Math.Max(end, tensor.End);
        }

        if (end != dataBytes && faults.IsEmpty)
        {
            faults.Add(end > dataBytes
                ? $"{file}: the tensors need {end} bytes of data and the file has {dataBytes}: it is truncated"
                : $"{file}: {dataBytes - end} bytes after the last tensor belong to none");
        }
    }
}
