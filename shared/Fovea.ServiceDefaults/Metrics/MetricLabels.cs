using System.Globalization;
using System.Text;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Writes label sets.</summary>
internal static class MetricLabels
{
    /// <summary>The labels as text, sorted by name; of two with one name the last counts.</summary>
    /// <param name="tags">The labels.</param>
    /// <param name="replacement">What stands for every value, or null for the values themselves.</param>
    public static string Format(ReadOnlySpan<KeyValuePair<string, object?>> tags, string? replacement)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            sorted[MetricNames.Clean(name)] = replacement ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"");
            Escape(text, value);
            text.Append('"');
        }

        return text.ToString();
    }

    private static void Escape(StringBuilder text, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(character),
            };
        }
    }
}
