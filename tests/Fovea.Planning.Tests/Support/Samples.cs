using System.Collections.Immutable;
using Fovea.Planning.Costs;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tables;

namespace Fovea.Planning.Tests.Support;

/// <summary>Makes the models, requests and contexts that tests share.</summary>
internal static class Samples
{
    public static ModelShape Small { get; } = new("small", new(12, 64, 4, 2, 16, 160, 1000), new(2, 32, 64, 17, 16), new(32, 64, 64));

    public static ModelProfile SmallProfile { get; } = new("small", "r1", Small, 2048);

    public static LatencyTable Latency { get; } = new()
    {
        Model = "small",
        Rows = [16, 64, 256, 1024],
        Seconds = [0.0002, 0.0003, 0.001, 0.0045],
        FixedSeconds = 0.002,
    };

    public static BudgetTable Table { get; } = new()
    {
        Model = "llava-1.5-7b",
        Points = [new(0.28, 0.25, 0.65), new(0.32, 0.3, 0.7), new(0.4, 0.4, 0.9)],
        SearchId = "search-1",
    };

    public static ScheduleContext Context(ModelShape shape, int visionTokens, int textTokens, int floor = 0) =>
        new() { Shape = shape, VisionTokens = visionTokens, TextTokens = textTokens, Floor = floor, Accounting = CostAccounting.Paper };

    public static PlanRequest Request(int visionTokens = 100, int textTokens = 20) =>
        new() { RequestId = "q", ModelName = "small", ImageTokens = [visionTokens], TextTokens = textTokens };

    public static Policy Policy(string name, params ClassRule[] rules) => new() { Name = name, Rules = [.. rules] };

    public static ClassRule Any(Serving serve) => new(ClassRule.AnyClass, serve);

    public static PolicySnapshot Snapshot(params Policy[] policies) => new("e1", 7, policies, []);

    public static ImmutableArray<int> Counts(string spec, ModelShape shape, int visionTokens, int floor = 0)
    {
        var resolved = ScheduleSpec.Parse(spec).Require().Resolve(Context(shape, visionTokens, 75, floor)).Require();
        return KeepCounts.From(resolved.Rates, visionTokens, resolved.Floor ?? floor);
    }
}
