using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Scheduler.Store;

/// <summary>Writes a state as JSON beside the SHA-256 of its body, and reads back only what carries the right one.</summary>
/// <remarks>File: <c>{"format": "fovea-store/1", "sha256": HEX, "body": {...}}</c>; the hash is over the body's bytes as written.</remarks>
internal static class StoreCodec
{
    /// <summary>Names the layout that this version reads and writes.</summary>
    public const string Format = "fovea-store/1";

    /// <summary>Returns the bytes of the file.</summary>
    public static byte[] Encode(StoreState state)
    {
        var body = EncodeBody(state);
        var buffer = new ArrayBufferWriter<byte>(body.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteString("sha256", Digest(body));
            writer.WritePropertyName("body");
            writer.WriteRawValue(body, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns the state that was written.</summary>
    /// <exception cref="StoreDamagedException">The content is not what was written, or of another layout.</exception>
    public static StoreState Decode(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetString();
            if (!string.Equals(format, Format, StringComparison.Ordinal))
            {
                throw new StoreDamagedException($"its format is '{format}', this version reads '{Format}'");
            }

            var body = root.GetProperty("body");
            Verify(body.GetRawText(), root.GetProperty("sha256").GetString());
            return DecodeBody(body);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InvalidProtocolBufferException)
        {
            throw new StoreDamagedException($"it cannot be read: {exception.Message}", exception);
        }
    }

    private static void Verify(string body, string? expected)
    {
        var actual = Digest(Encoding.UTF8.GetBytes(body));
        if (!string.Equals(actual, expected, StringComparison.Ordinal))
        {
            throw new StoreDamagedException($"its checksum is {actual}, recorded is {expected}");
        }
    }

    private static string Digest(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static byte[] EncodeBody(StoreState state)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("epoch", state.Epoch);
            writer.WriteNumber("generation", state.Generation);
            writer.WriteNumber("revision", state.Revision);
            if (state.Stamp.Length > 0)
            {
                writer.WriteString("stamp", state.Stamp);
            }

            WriteAll(writer, "policies", state.Policies.Values);
            WriteAll(writer, "schedules", state.Schedules.Values);
            WriteAll(writer, "models", state.Models.Values);
            WriteAll(writer, "budgetTables", state.BudgetTables.Values);
            WriteAll(writer, "costTables", state.CostTables.Values);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<IMessage> messages)
    {
        writer.WriteStartArray(name);
        foreach (var message in messages)
        {
            writer.WriteRawValue(JsonFormatter.Default.Format(message));
        }

        writer.WriteEndArray();
    }

    private static StoreState DecodeBody(JsonElement body) => new(
        body.GetProperty("epoch").GetString() ?? throw new FormatException("the epoch is null"),
        body.GetProperty("generation").GetInt64(),
        body.GetProperty("revision").GetInt64(),
        ReadAll<StoredPolicy>(body, "policies", item => item.Policy.Name),
        ReadAll<Schedule>(body, "schedules", item => item.Id),
        ReadAll<ModelProfile>(body, "models", item => item.Name))
    {
        Stamp = body.TryGetProperty("stamp", out var stamp) ? stamp.GetString() ?? string.Empty : string.Empty,
        BudgetTables = ReadNewer<BudgetTable>(body, "budgetTables", item => item.Model),
        CostTables = ReadNewer<CostTable>(body, "costTables", item => item.Model),
    };

    /// <summary>Reads what the first version did not write: its files hold none.</summary>
    private static ImmutableSortedDictionary<string, T> ReadNewer<T>(JsonElement body, string name, Func<T, string> key)
        where T : IMessage, new() =>
        body.TryGetProperty(name, out _) ? ReadAll(body, name, key) : ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, T> ReadAll<T>(JsonElement body, string name, Func<T, string> key)
        where T : IMessage, new() =>
        body.GetProperty(name).EnumerateArray().Select(item => JsonParser.Default.Parse<T>(item.GetRawText()))
            .ToImmutableSortedDictionary(key, item => item, StringComparer.Ordinal);
}
