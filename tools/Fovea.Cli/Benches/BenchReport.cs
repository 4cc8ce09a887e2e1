using System.Text.Json.Nodes;

namespace Fovea.Cli.Benches;

/// <summary>Holds a comparison of two plans.</summary>
/// <param name="Request">What was run.</param>
/// <param name="Counts">Vision tokens entering each layer by the schedule.</param>
/// <param name="Full">Everything kept.</param>
/// <param name="Pruned">By the schedule.</param>
internal sealed record BenchReport(BenchRequest Request, IReadOnlyList<int> Counts, BenchSample Full, BenchSample Pruned)
{
    /// <summary>Gets the schedule's written form.</summary>
    public string Spec => Request.Spec.ToString();

    /// <summary>Gets how many times faster the schedule is, by medians.</summary>
    public double Speedup => Full.MedianMs / Pruned.MedianMs;

    /// <summary>Gets how many times fewer operations it takes.</summary>
    public double FlopsRatio => Full.Gflops / Pruned.Gflops;

    /// <summary>Returns everything as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["shape"] = Request.Context.Shape.Name,
        ["layers"] = Request.Context.Shape.Layers,
        ["vision_tokens"] = Request.Context.VisionTokens,
        ["text_tokens"] = Request.Context.TextTokens,
        ["dtype"] = Request.DType.ToString(),
        ["device"] = Request.Device.ToString(),
        ["runs"] = Request.Runs,
        ["schedule"] = Spec,
        ["counts"] = new JsonArray([.. Counts.Select(count => (JsonNode)count)]),
        ["full"] = Full.ToJson(),
        ["pruned"] = Pruned.ToJson(),
        ["speedup"] = Speedup,
        ["flops_ratio"] = FlopsRatio,
    };
}
