using System.Diagnostics.Metrics;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Collects the measurements of the chosen meters and writes them as Prometheus text.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ServiceDefaultsOptions _options;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <summary>Prepares a collector.</summary>
    public MetricsCollector(IOptions<ServiceDefaultsOptions> options)
    {
        _options = options.Value;
        _listener.InstrumentPublished = OnPublished;
        SetCallback<byte>(value => value);
        SetCallback<short>(value => value);
        SetCallback<int>(value => value);
        SetCallback<long>(value => value);
        SetCallback<float>(value => value);
        SetCallback<double>(value => value);
        SetCallback<decimal>(value => (double)value);
    }

    /// <summary>Begins to listen, to instruments that exist and to those that come.</summary>
    public void Start() => _listener.Start();

    /// <summary>Asks the observable instruments and writes all metrics in the text format 0.0.4.</summary>
    public string Collect()
    {
        lock (_lock)
        {
            foreach (var family in _families.Values)
            {
                family.BeginObservation();
            }
        }

        _listener.RecordObservableInstruments();
        var writer = new PrometheusText();
        lock (_lock)
        {
            foreach (var family in _families.Values)
            {
                family.WriteTo(writer);
            }
        }

        return writer.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener listener)
    {
        if (!_options.Meters.Any(prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return;
        }

        var kind = MetricKinds.Of(instrument);
        var name = MetricNames.ForInstrument(instrument.Name, kind);
        lock (_lock)
        {
            if (!_families.TryGetValue(name, out var family))
            {
                _families[name] = family = new MetricFamily(name, instrument, kind, _options.MaxLabelSets);
            }

            // Two instruments of one name feed one metric, unless they are of different kinds, which Prometheus cannot show.
            if (family.Kind == kind)
            {
                listener.EnableMeasurementEvents(instrument, family);
            }
        }
    }

    private void SetCallback<T>(Func<T, double> convert)
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((MetricFamily)state!).Record(convert(value), tags));
}
