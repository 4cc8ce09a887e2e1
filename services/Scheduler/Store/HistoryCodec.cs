using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Scheduler.Store;

/// <summary>Writes history as lines of JSON that carry a checksum, and reads back only what carries the right one.</summary>
/// <remarks>
/// Line: <c>{"sha256": first 16 digits, "entry": {...}}</c>; the sum is over the entry's bytes as written. The first entry is
/// <c>{"epoch": ..., "completeAfter": N}</c>, each other one a <c>fovea.v1.PolicyVersion</c>.
/// </remarks>
internal static class HistoryCodec
{
    private const int SumDigits = 16;

    /// <summary>Returns the bytes of a whole file.</summary>
    public static byte[] Encode(PolicyHistory history)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var head = JsonSerializer.SerializeToUtf8Bytes(new { epoch = history.Epoch, completeAfter = history.CompleteAfter });
        buffer.Write(ToLine(head));
        foreach (var version in history.Versions.Values.SelectMany(list => list))
        {
            buffer.Write(Encode(version));
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns the line of a version, its end included.</summary>
    public static byte[] Encode(PolicyVersion version) => ToLine(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(version)));

    /// <summary>Returns the epoch of a file's first line and the revision after which the file is complete.</summary>
    /// <exception cref="FormatException">The line is not what was written.</exception>
    public static (string Epoch, long CompleteAfter) DecodeHead(ReadOnlyMemory<byte> line) =>
        Decode(line, entry => (entry.GetProperty("epoch").GetString() ?? string.Empty, entry.GetProperty("completeAfter").GetInt64()));

    /// <summary>Returns the version of a line.</summary>
    /// <exception cref="FormatException">The line is not what was written.</exception>
    public static PolicyVersion DecodeVersion(ReadOnlyMemory<byte> line) =>
        Decode(line, entry => JsonParser.Default.Parse<PolicyVersion>(entry.GetRawText()));

    private static T Decode<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement.GetProperty("entry");
            var sum = Sum(Encoding.UTF8.GetBytes(entry.GetRawText()));
            return string.Equals(sum, document.RootElement.GetProperty("sha256").GetString(), StringComparison.Ordinal)
                ? read(entry)
                : throw new FormatException("its checksum is wrong");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or InvalidProtocolBufferException)
        {
            throw new FormatException($"it cannot be read: {exception.Message}", exception);
        }
    }

    private static byte[] ToLine(byte[] entry)
    {
        var buffer = new ArrayBufferWriter<byte>(entry.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sha256", Sum(entry));
            writer.WritePropertyName("entry");
            writer.WriteRawValue(entry, skipInputValidation: true);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static string Sum(ReadOnlySpan<byte> entry) => Convert.ToHexStringLower(SHA256.HashData(entry))[..SumDigits];
}
