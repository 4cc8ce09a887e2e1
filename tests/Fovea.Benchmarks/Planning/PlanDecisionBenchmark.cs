using BenchmarkDotNet.Attributes;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;

namespace Fovea.Benchmarks.Planning;

/// <summary>Measures one whole plan decision, digest included, against a snapshot of 100 policies and 1,000 schedules.</summary>
[MemoryDiagnoser]
public class PlanDecisionBenchmark
{
    private const int Policies = 100;
    private const int Schedules = 1000;

    private readonly PlanResolver _cached = new();
    private readonly PlanResolver _uncached = new(0);
    private readonly ModelProfile _profile = new("llava-1.5-7b", "r1", KnownShapes.Get("llava-1.5-7b"), 4096);
    private readonly PlanRequest _request = new() { ModelName = "llava-1.5-7b", ImageTokens = [576], TextTokens = 75 };
    private readonly PolicySnapshot _snapshot;

    /// <summary>Makes the snapshot.</summary>
    public PlanDecisionBenchmark()
    {
        var schedules = Enumerable.Range(0, Schedules).Select(MakeSchedule).ToArray();
        var policies = Enumerable.Range(0, Policies).Select(index => MakePolicy(index, schedules)).ToArray();
        _snapshot = new("e1", 1, policies, schedules);
    }

    /// <summary>Uses a stored schedule.</summary>
    [Benchmark(Baseline = true)]
    public PlanDigest StoredSchedule() => Decide(_cached, "stored");

    /// <summary>Solves a budget that was solved before.</summary>
    [Benchmark]
    public PlanDigest CachedMeanBudget() => Decide(_cached, "mean");

    /// <summary>Solves a mean keep budget anew.</summary>
    [Benchmark]
    public PlanDigest UncachedMeanBudget() => Decide(_uncached, "mean");

    /// <summary>Solves a FLOPs budget anew.</summary>
    [Benchmark]
    public PlanDigest UncachedFlopsBudget() => Decide(_uncached, "flops");

    /// <summary>Keeps everything.</summary>
    [Benchmark]
    public PlanDigest Full() => Decide(_cached, "other");

    private PlanDigest Decide(PlanResolver resolver, string requestClass) =>
        resolver.Resolve(_snapshot, _profile, _request with { RequestClass = requestClass }).Plan!.Digest;

    private static Schedule MakeSchedule(int index) =>
        new($"schedule-{index}", "llava-1.5-7b", new(KeepRates.Create([.. Enumerable.Range(0, 32).Select(layer => Rate(layer, index))]).Require(), null), "r1");

    private static double Rate(int layer, int index) => layer < 3 ? 1 : Math.Max(0, 0.8 - (layer / 50.0) - (index / 10000.0));

    private static Policy MakePolicy(int index, Schedule[] schedules) => new()
    {
        Name = index == 0 ? Policy.DefaultName : $"policy-{index}",
        Rules =
        [
            new("stored", new Serving.BySchedule(schedules[index].Id)),
            new("mean", new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.3))),
            new("flops", new Serving.ByBudget(new(BudgetKind.FlopsShare, 0.5))),
            new(ClassRule.AnyClass, new Serving.Full()),
        ],
    };
}
