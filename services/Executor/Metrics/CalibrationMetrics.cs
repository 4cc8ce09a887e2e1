using System.Diagnostics.Metrics;

namespace Fovea.Executor.Metrics;

/// <summary>Owns the instruments of calibration.</summary>
internal sealed class CalibrationMetrics
{
    private readonly Counter<long> _samples;
    private readonly Counter<long> _forwards;
    private readonly UpDownCounter<int> _shards;

    /// <summary>Makes the instruments.</summary>
    public CalibrationMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(ExecutorMetrics.MeterName);
        _samples = meter.CreateCounter<long>("executor_calibration_samples_total", description: "Samples scored for searches");
        _forwards = meter.CreateCounter<long>(
            "executor_calibration_layer_forwards_total", description: "Decoder layers that prompts of samples ran through");
        _shards = meter.CreateUpDownCounter<int>("executor_calibration_shards", description: "Shards that wait or are worked off");
    }

    /// <summary>Counts a scored sample.</summary>
    public void Scored(int layerForwards)
    {
        _samples.Add(1);
        _forwards.Add(layerForwards);
    }

    /// <summary>Counts a shard that has come.</summary>
    public void ShardQueued() => _shards.Add(1);

    /// <summary>Counts a shard that has gone.</summary>
    public void ShardEnded() => _shards.Add(-1);
}
