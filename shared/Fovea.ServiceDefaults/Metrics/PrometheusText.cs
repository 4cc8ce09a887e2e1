using System.Globalization;
using System.Text;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Writes metrics in the Prometheus text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>The media type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Begins a metric.</summary>
    public void Begin(string name, string help, string type)
    {
        var escaped = help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        _text.Append("# HELP ").Append(name).Append(' ').Append(escaped).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <summary>Writes one value.</summary>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>Writes a histogram: buckets that each hold all below their bound, sum and count.</summary>
    public void Histogram(string name, MetricSeries series, double[] bounds)
    {
        var prefix = series.Labels.Length > 0 ? series.Labels + "," : "";
        long below = 0;
        for (var i = 0; i < bounds.Length; i++)
        {
            below += series.Buckets[i];
            Sample(name + "_bucket", $"{prefix}le=\"{Number(bounds[i])}\"", below);
        }

        Sample(name + "_bucket", prefix + "le=\"+Inf\"", series.Count);
        Sample(name + "_sum", series.Labels, series.Value);
        Sample(name + "_count", series.Labels, series.Count);
    }

    /// <summary>Everything written.</summary>
    public override string ToString() => _text.ToString();

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
