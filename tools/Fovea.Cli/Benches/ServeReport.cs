using System.Globalization;
using System.Text.Json.Nodes;

namespace Fovea.Cli.Benches;

/// <summary>Holds what a load met.</summary>
/// <param name="Load">The load.</param>
/// <param name="Outcomes">What became of each request, in the order of their arrival.</param>
/// <param name="Elapsed">Seconds from the start to the end of the last request.</param>
internal sealed record ServeReport(ServeLoad Load, IReadOnlyList<ServeOutcome> Outcomes, double Elapsed)
{
    private const double Percent = 100;
    private const double Giga = 1e9;

    /// <summary>Gets the requests by what became of them, the most frequent first.</summary>
    public IReadOnlyList<(string Name, int Count)> ByName =>
        [.. Outcomes.GroupBy(outcome => outcome.Name, StringComparer.Ordinal).Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2)];

    /// <summary>Gets the whole answers.</summary>
    public IReadOnlyList<ServeOutcome> Completed => [.. Outcomes.Where(outcome => outcome.IsCompleted)];

    /// <summary>Gets the whole answers by overload tier, ascending.</summary>
    public IReadOnlyList<(int Tier, int Count)> ByTier =>
        [.. Completed.GroupBy(outcome => outcome.Done!.OverloadTier).Select(group => (group.Key, group.Count())).OrderBy(pair => pair.Key)];

    /// <summary>Gets how many answers came within the objective.</summary>
    public int Good => Completed.Count(outcome => outcome.Latency <= Load.Objective.TotalSeconds);

    /// <summary>Gets the answers within the objective per second.</summary>
    public double Goodput => Elapsed > 0 ? Good / Elapsed : 0;

    /// <summary>Gets the mean over the answers of the share of vision tokens kept; 0 without any.</summary>
    public double MeanKeep => Mean(outcome => outcome.MeanKeep);

    /// <summary>Gets the share of exact answers in percent; 0 without any.</summary>
    public double Accuracy => Percent * Mean(outcome => outcome.IsRight ? 1 : 0);

    /// <summary>Gets the mean language-model prefill in GFLOPs, as executed.</summary>
    public double Gflops => Mean(outcome => outcome.Done!.PrefillFlops) / Giga;

    /// <summary>Gets the seconds to the first text.</summary>
    public Percentiles FirstText => new(Completed.Select(outcome => outcome.FirstText).OfType<double>());

    /// <summary>Gets the seconds to the end of an answer.</summary>
    public Percentiles Latency => new(Completed.Select(outcome => outcome.Latency));

    /// <summary>Gets the milliseconds that refusals asked to wait.</summary>
    public Percentiles PushBack => new(Outcomes.Select(outcome => outcome.PushBack).OfType<double>());

    /// <summary>Returns everything as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["rate"] = Load.Rate,
        ["seconds"] = Load.Duration.TotalSeconds,
        ["elapsed_s"] = Elapsed,
        ["requests"] = Outcomes.Count,
        ["outcomes"] = Counts(ByName.Select(pair => (pair.Name, pair.Count))),
        ["objective_s"] = Load.Objective.TotalSeconds,
        ["good"] = Good,
        ["goodput_per_s"] = Goodput,
        ["throughput_per_s"] = Elapsed > 0 ? Completed.Count / Elapsed : 0,
        ["ttft_s"] = FirstText.ToJson(),
        ["latency_s"] = Latency.ToJson(),
        ["tiers"] = Counts(ByTier.Select(pair => (pair.Tier.ToString(CultureInfo.InvariantCulture), pair.Count))),
        ["mean_keep"] = MeanKeep,
        ["accuracy"] = Accuracy,
        ["gflops"] = Gflops,
        ["gflops_full"] = Mean(outcome => outcome.Done!.FullPrefillFlops) / Giga,
        ["stale"] = Completed.Count(outcome => outcome.Done!.Stale),
        ["executors"] = Counts(Completed.GroupBy(outcome => outcome.Executor, StringComparer.Ordinal).Select(group => (group.Key, group.Count())).OrderBy(pair => pair.Key, StringComparer.Ordinal)),
        ["push_back_ms"] = PushBack.ToJson(),
    };

    private static JsonObject Counts(IEnumerable<(string Name, int Count)> counts) =>
        new(counts.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Count)));

    private double Mean(Func<ServeOutcome, double> value) => Completed.Select(value).DefaultIfEmpty(0).Average();
}
