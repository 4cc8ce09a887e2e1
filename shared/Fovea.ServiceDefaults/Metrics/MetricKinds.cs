using System.Diagnostics.Metrics;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Tells the kind of an instrument.</summary>
internal static class MetricKinds
{
    /// <summary>The kind of an instrument, by its generic type.</summary>
    public static MetricKind Of(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type switch
        {
            _ when type == typeof(Counter<>) => MetricKind.Counter,
            _ when type == typeof(UpDownCounter<>) => MetricKind.Sum,
            _ when type == typeof(Histogram<>) => MetricKind.Histogram,
            _ when type == typeof(ObservableCounter<>) => MetricKind.ObservedCounter,
            _ when instrument.IsObservable => MetricKind.ObservedGauge,
            _ => MetricKind.Gauge,
        };
    }

    /// <summary>Tells whether values are reported at each collection only.</summary>
    public static bool IsObserved(MetricKind kind) => kind is MetricKind.ObservedCounter or MetricKind.ObservedGauge;

    /// <summary>The name of the kind in the text format.</summary>
    public static string TextName(MetricKind kind) => kind switch
    {
        MetricKind.Counter or MetricKind.ObservedCounter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
