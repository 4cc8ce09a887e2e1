namespace Fovea.ServiceDefaults.Metrics;

/// <summary>How measurements become a metric.</summary>
internal enum MetricKind
{
    /// <summary>Measurements are added up and never fall.</summary>
    Counter,

    /// <summary>Measurements are added up and may fall.</summary>
    Sum,

    /// <summary>The last measurement counts.</summary>
    Gauge,

    /// <summary>Totals are reported at each collection and never fall.</summary>
    ObservedCounter,

    /// <summary>Values are reported at each collection.</summary>
    ObservedGauge,

    /// <summary>Measurements are counted in buckets.</summary>
    Histogram,
}
