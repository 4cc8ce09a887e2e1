using System.Text.Json;
using System.Text.Unicode;

namespace Fovea.Executor.Runtime;

/// <summary>Reads JSON whose strings are all valid Unicode and whose objects name nothing twice, or reports why it cannot.</summary>
internal static class JsonFile
{
    /// <summary>Largest JSON file that is read, in bytes; the largest tokenizer.json known is about 35 MB.</summary>
    public const long MaxBytes = 256L << 20;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads the file at <paramref name="path"/>; a missing, too large or malformed one is a fault and gives null.</summary>
    public static JsonDocument? Load(string path, FaultList faults)
    {
        var name = Path.GetFileName(path);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                faults.Add($"{name}: the file is missing");
                return null;
            }

            if (info.Length > MaxBytes)
            {
                faults.Add($"{name}: {info.Length} bytes is more than the {MaxBytes} bytes that are read as JSON");
                return null;
            }

            return Parse(File.ReadAllBytes(path), name, faults);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name}: {error.Message}");
            return null;
        }
    }

    /// <summary>Parses <paramref name="utf8"/>, a byte order mark allowed; anything malformed is a fault and gives null.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, string name, FaultList faults)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            faults.Add($"{name}: the text is not valid UTF-8");
            return null;
        }

        if (HasLoneSurrogateEscape(utf8.Span))
        {
            faults.Add($"{name}: a \\u escape is half of a surrogate pair");
            return null;
        }

        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException error)
        {
            faults.Add($"{name}: {error.Message}");
            return null;
        }
    }

    private static bool HasLoneSurrogateEscape(ReadOnlySpan<byte> text)
    {
        var expectLow = false;
        while (true)
        {
            var at = text.IndexOf((byte)'\\');
            if (at < 0 || text.Length < at + 2)
            {
                return expectLow;
            }

            if (expectLow && at > 0)
            {
                return true;
            }

            var unit = UnitOf(text[at..]);
            if (char.IsLowSurrogate(unit) != expectLow)
            {
                return true;
            }

            expectLow = char.IsHighSurrogate(unit);
            text = text[(at + (text[at + 1] == (byte)'u' ? Math.Min(6, text.Length - at) : 2))..];
        }
    }

    private static char UnitOf(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && escape[1] == (byte)'u'
            && ushort.TryParse(escape[2..6], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            ? (char)unit
            : '\0';
}
