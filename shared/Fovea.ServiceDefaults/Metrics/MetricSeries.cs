namespace Fovea.ServiceDefaults.Metrics;

/// <summary>The values of one metric under one set of labels.</summary>
internal sealed class MetricSeries
{
    private readonly long[] _buckets;

    /// <summary>Makes a series.</summary>
    /// <param name="labels">The labels as text, <c>a="b",c="d"</c>.</param>
    /// <param name="bounds">The number of bucket bounds.</param>
    public MetricSeries(string labels, int bounds)
    {
        Labels = labels;
        _buckets = new long[bounds];
    }

    /// <summary>The labels as text.</summary>
    public string Labels { get; }

    /// <summary>The value, or the sum of a histogram.</summary>
    public double Value { get; set; }

    /// <summary>The number of measurements.</summary>
    public long Count { get; private set; }

    /// <summary>The number of measurements in each bucket alone.</summary>
    public IReadOnlyList<long> Buckets => _buckets;

    /// <summary>Counts a measurement in its bucket.</summary>
    public void Observe(double value, double[] bounds)
    {
        Value += value;
        Count++;
        var index = Array.BinarySearch(bounds, value);
        index = index < 0 ? ~index : index;
        if (index < _buckets.Length)
        {
            _buckets[index]++;
        }
    }
}
