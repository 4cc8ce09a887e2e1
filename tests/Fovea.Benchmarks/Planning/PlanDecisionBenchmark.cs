using BenchmarkDotNet.Attributes;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tables;

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
    private readonly PolicySnapshot _tables;

    /// <summary>Makes the snapshot.</summary>
    public PlanDecisionBenchmark()
    {
        var schedules = Enumerable.Range(0, Schedules).Select(MakeSchedule).ToArray();
        var policies = Enumerable.Range(0, Policies).Select(index => MakePolicy(index, schedules)).ToArray();
        _snapshot = new("e1", 1, policies, schedules);
        _tables = new("e1", 1, policies, schedules, new([Budgets], [Latency]));
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

    /// <summary>Serves a mean keep budget by a table, solved before.</summary>
    [Benchmark]
    public PlanDigest CachedTableBudget() => Decide(_cached, _tables, "mean");

    /// <summary>Serves a mean keep budget by a table, solved anew.</summary>
    [Benchmark]
    public PlanDigest UncachedTableMeanBudget() => Decide(_uncached, _tables, "mean");

    /// <summary>Serves a FLOPs budget by a table, solved anew.</summary>
    [Benchmark]
    public PlanDigest UncachedTableFlopsBudget() => Decide(_uncached, _tables, "flops");

    /// <summary>Serves a budget of milliseconds by a table, solved anew.</summary>
    [Benchmark]
    public PlanDigest UncachedTableMillisecondsBudget() => Decide(_uncached, _tables, "ms");

    /// <summary>Keeps everything.</summary>
    [Benchmark]
    public PlanDigest Full() => Decide(_cached, "other");

    private PlanDigest Decide(PlanResolver resolver, string requestClass) => Decide(resolver, _snapshot, requestClass);

    private PlanDigest Decide(PlanResolver resolver, PolicySnapshot snapshot, string requestClass) =>
        resolver.Resolve(snapshot, _profile, _request with { RequestClass = requestClass }).Plan!.Digest;

    private static BudgetTable Budgets => new()
    {
        Model = "llava-1.5-7b",
        Points = [new(0.28, 0.25, 0.65), new(0.4, 0.4, 0.9), new(0.7, 0.6, 1)],
        SearchId = "search-1",
    };

    private static LatencyTable Latency => new()
    {
        Model = "llava-1.5-7b",
        Rows = [32, 64, 128, 256, 512, 1024],
        Seconds = [0.001, 0.0015, 0.0028, 0.0055, 0.011, 0.023],
        FixedSeconds = 0.005,
    };

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
            new("ms", new Serving.ByBudget(new(BudgetKind.Milliseconds, 200))),
            new("flops", new Serving.ByBudget(new(BudgetKind.FlopsShare, 0.5))),
            new(ClassRule.AnyClass, new Serving.Full()),
        ],
    };
}
