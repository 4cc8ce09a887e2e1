using System.Text;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Makes names that Prometheus takes.</summary>
internal static class MetricNames
{
    private const string CounterSuffix = "_total";

    /// <summary>The metric name of an instrument; counters end in <c>_total</c>.</summary>
    public static string ForInstrument(string name, MetricKind kind)
    {
        var clean = Clean(name);
        return kind is MetricKind.Counter or MetricKind.ObservedCounter && !clean.EndsWith(CounterSuffix, StringComparison.Ordinal)
            ? clean + CounterSuffix
            : clean;
    }

    /// <summary>The name with every character that is not a letter, a digit or an underscore made an underscore.</summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            clean.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        }

        return clean.Length > 0 && !char.IsAsciiDigit(clean[0]) ? clean.ToString() : "_" + clean;
    }
}
