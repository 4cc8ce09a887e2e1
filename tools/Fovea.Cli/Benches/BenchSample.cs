using System.Text.Json.Nodes;

namespace Fovea.Cli.Benches;

/// <summary>Holds the times of one plan.</summary>
/// <param name="Wall">Wall-clock milliseconds of each run.</param>
/// <param name="Cpu">Processor milliseconds of each run.</param>
/// <param name="Ranking">Milliseconds of each run that went into scoring, ranking and dropping.</param>
/// <param name="Gflops">Language-model prefill, as executed.</param>
internal sealed record BenchSample(IReadOnlyList<double> Wall, IReadOnlyList<double> Cpu, IReadOnlyList<double> Ranking, double Gflops)
{
    /// <summary>Gets the median of the wall-clock times.</summary>
    public double MedianMs => Median(Wall);

    /// <summary>Gets the least wall-clock time.</summary>
    public double LeastMs => Wall.Min();

    /// <summary>Gets the median of the processor times.</summary>
    public double CpuMs => Median(Cpu);

    /// <summary>Returns the times as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["median_ms"] = MedianMs,
        ["min_ms"] = LeastMs,
        ["cpu_ms"] = CpuMs,
        ["ranking_ms"] = Median(Ranking),
        ["gflops"] = Gflops,
        ["wall_ms"] = new JsonArray([.. Wall.Select(time => (JsonNode)time)]),
    };

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
