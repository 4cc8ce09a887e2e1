using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Fovea.Executor.Runtime;

/// <summary>Writes safetensors files that <see cref="SafetensorsFile"/> and the reference library read.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the tensors in the given order; throws when a name is used twice or data does not fit a shape.</summary>
    public static void Write(string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        Write(stream, tensors, metadata);
    }

    /// <summary>Writes the tensors to a stream.</summary>
    public static void Write(Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Check(tensors);
        var header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    private static void Check(IReadOnlyList<SafetensorsTensor> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name {tensor.Name} is used twice or reserved", nameof(tensors));
            }

            var bytes = tensor.Shape.Aggregate((long)tensor.DType.Size(), static (product, dimension) => checked(product * dimension));
            if (bytes != tensor.Data.Length)
            {
                throw new ArgumentException(
                    $"{tensor.Name}: shape [{string.Join(", ", tensor.Shape)}] needs {bytes} bytes and has {tensor.Data.Length}", nameof(tensors));
            }
        }
    }

    private static byte[] Header(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        var padded = new byte[(buffer.WrittenCount + Alignment - 1) / Alignment * Alignment];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DType.Name());
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
