using System.Diagnostics.Metrics;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>One metric with all its label sets; past their limit, further ones share one whose values are <c>other</c>.</summary>
internal sealed class MetricFamily
{
    private const string Other = "other";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly double[] _bounds;
    private readonly int _maxLabelSets;

    /// <summary>Makes a metric for an instrument.</summary>
    public MetricFamily(string name, Instrument instrument, MetricKind kind, int maxLabelSets)
    {
        Name = name;
        Help = string.IsNullOrWhiteSpace(instrument.Description) ? instrument.Name : instrument.Description;
        Kind = kind;
        _bounds = kind == MetricKind.Histogram ? MetricBuckets.Of(instrument) : [];
        _maxLabelSets = maxLabelSets;
    }

    /// <summary>The metric's name.</summary>
    public string Name { get; }

    /// <summary>What the metric says.</summary>
    public string Help { get; }

    /// <summary>How measurements become the metric.</summary>
    public MetricKind Kind { get; }

    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            var series = Find(tags);
            switch (Kind)
            {
                case MetricKind.Histogram:
                    series.Observe(value, _bounds);
                    break;
                case MetricKind.Gauge:
                    series.Value = value;
                    break;
                default:
                    series.Value += value;
                    break;
            }
        }
    }

    /// <summary>Forgets what was observed last time; what is not reported again is gone.</summary>
    public void BeginObservation()
    {
        if (MetricKinds.IsObserved(Kind))
        {
            lock (_lock)
            {
                _series.Clear();
            }
        }
    }

    /// <summary>Writes the metric; nothing when it has no values.</summary>
    public void WriteTo(PrometheusText text)
    {
        lock (_lock)
        {
            if (_series.Count == 0)
            {
                return;
            }

            text.Begin(Name, Help, MetricKinds.TextName(Kind));
            foreach (var series in _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal))
            {
                if (Kind == MetricKind.Histogram)
                {
                    text.Histogram(Name, series, _bounds);
                }
                else
                {
                    text.Sample(Name, series.Labels, series.Value);
                }
            }
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = MetricLabels.Format(tags, null);
        if (_series.TryGetValue(labels, out var series))
        {
            return series;
        }

        if (_series.Count >= _maxLabelSets && tags.Length > 0)
        {
            labels = MetricLabels.Format(tags, Other);
            if (_series.TryGetValue(labels, out series))
            {
                return series;
            }
        }

        return _series[labels] = new MetricSeries(labels, _bounds.Length);
    }
}
