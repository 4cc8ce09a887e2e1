using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fovea.Contracts.V1;
using Google.Protobuf;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Writes entries as lines of JSON that carry a checksum, and reads back only what carries the right one.</summary>
/// <remarks>Line: <c>{"sha256": first 16 digits, "entry": {"token": N, "kind": ..., ...}}</c>; the sum is over the entry's bytes as written.</remarks>
internal static class JournalCodec
{
    private const int SumDigits = 16;

    /// <summary>Returns the line, its end included.</summary>
    public static byte[] Encode(long token, SearchEntry entry)
    {
        var body = EncodeEntry(token, entry);
        var buffer = new ArrayBufferWriter<byte>(body.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sha256", Sum(body));
            writer.WritePropertyName("entry");
            writer.WriteRawValue(body, skipInputValidation: true);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns the entry of a line and the token that it was written with.</summary>
    /// <exception cref="FormatException">The line is not what was written.</exception>
    public static (long Token, SearchEntry Entry) Decode(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement.GetProperty("entry");
            var sum = Sum(Encoding.UTF8.GetBytes(entry.GetRawText()));
            return string.Equals(sum, document.RootElement.GetProperty("sha256").GetString(), StringComparison.Ordinal)
                ? (entry.GetProperty("token").GetInt64(), DecodeEntry(entry))
                : throw new FormatException("its checksum is wrong");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or InvalidProtocolBufferException)
        {
            throw new FormatException($"it cannot be read: {exception.Message}", exception);
        }
    }

    private static string Sum(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body))[..SumDigits];

    private static byte[] EncodeEntry(long token, SearchEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("token", token);
            WriteBody(writer, entry);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteBody(Utf8JsonWriter writer, SearchEntry entry)
    {
        switch (entry)
        {
            case SearchEntry.Created created:
                writer.WriteString("kind", "created");
                writer.WriteString("requestId", created.RequestId);
                WriteMessage(writer, "search", created.Search);
                WriteQuestions(writer, created.Questions);
                break;
            case SearchEntry.Leased:
                writer.WriteString("kind", "leased");
                break;
            case SearchEntry.Measured measured:
                writer.WriteString("kind", "measured");
                writer.WriteString("losses", LossText.Format(measured.Losses));
                writer.WriteNumber("layerForwards", measured.LayerForwards);
                writer.WriteNumber("seconds", measured.Seconds);
                break;
            case SearchEntry.Tried tried:
                writer.WriteString("kind", "tried");
                WriteMessage(writer, "trial", tried.Trial);
                writer.WriteString("losses", LossText.Format(tried.Losses));
                break;
            case SearchEntry.Turned turned:
                writer.WriteString("kind", "turned");
                writer.WriteNumber("status", (int)turned.Status);
                writer.WriteNumber("time", turned.Time);
                writer.WriteString("error", turned.Error);
                if (turned.Result is { } result)
                {
                    WriteMessage(writer, "result", result);
                }

                break;
            default:
                throw new ArgumentException($"unknown entry {entry.GetType().Name}", nameof(entry));
        }
    }

    private static void WriteMessage(Utf8JsonWriter writer, string name, IMessage message)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(JsonFormatter.Default.Format(message));
    }

    private static void WriteQuestions(Utf8JsonWriter writer, SearchQuestions questions)
    {
        writer.WriteStartObject("questions");
        WriteAll(writer, "samples", questions.Samples, writer.WriteNumberValue);
        WriteAll(writer, "types", questions.Types, writer.WriteStringValue);
        WriteAll(writer, "heldOut", questions.HeldOut, writer.WriteNumberValue);
        WriteAll(writer, "heldOutTypes", questions.HeldOutTypes, writer.WriteStringValue);
        writer.WriteNumber("visionTokens", questions.VisionTokens);
        writer.WriteNumber("textTokens", questions.TextTokens);
        writer.WriteEndObject();
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private static SearchEntry DecodeEntry(JsonElement entry) => entry.GetProperty("kind").GetString() switch
    {
        "created" => new SearchEntry.Created(
            Text(entry, "requestId"), Message<SearchMessage>(entry, "search"), DecodeQuestions(entry.GetProperty("questions"))),
        "leased" => new SearchEntry.Leased(),
        "measured" => new SearchEntry.Measured(
            LossText.Parse(Text(entry, "losses")), entry.GetProperty("layerForwards").GetInt64(), entry.GetProperty("seconds").GetDouble()),
        "tried" => new SearchEntry.Tried(Message<SearchTrial>(entry, "trial"), LossText.Parse(Text(entry, "losses"))),
        "turned" => new SearchEntry.Turned(
            (SearchStatus)entry.GetProperty("status").GetInt32(),
            entry.GetProperty("time").GetDouble(),
            Text(entry, "error"),
            entry.TryGetProperty("result", out _) ? Message<SearchResult>(entry, "result") : null),
        var kind => throw new FormatException($"entries of kind '{kind}' are unknown"),
    };

    private static SearchQuestions DecodeQuestions(JsonElement questions) => new(
        [.. questions.GetProperty("samples").EnumerateArray().Select(item => item.GetInt32())],
        [.. questions.GetProperty("types").EnumerateArray().Select(item => item.GetString() ?? string.Empty)],
        [.. questions.GetProperty("heldOut").EnumerateArray().Select(item => item.GetInt32())],
        [.. questions.GetProperty("heldOutTypes").EnumerateArray().Select(item => item.GetString() ?? string.Empty)],
        questions.GetProperty("visionTokens").GetInt32(),
        questions.GetProperty("textTokens").GetInt32());

    private static string Text(JsonElement entry, string name) =>
        entry.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static T Message<T>(JsonElement entry, string name)
        where T : IMessage, new() => JsonParser.Default.Parse<T>(entry.GetProperty(name).GetRawText());
}
