using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Policies;

public sealed class TableResolveTests
{
    private static readonly Budget Third = new(BudgetKind.MeanKeep, 0.3);

    [Fact]
    public void Resolve_RuleWithoutAShape_IsServedByTheTable()
    {
        var plan = Plan(Snapshot(Samples.Table with { Model = "small" }), new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.32)));

        Assert.Equal("sigmoid:k=0.3,A=0.7,mean=0.32,first=3,table=search-1", plan.Schedule);
        Assert.InRange(plan.Counts.Sum(), (0.32 * 12 * 100) - 9, 0.32 * 12 * 100);
    }

    [Fact]
    public void Resolve_BudgetOfTheRequest_IsServedByTheTable()
    {
        var snapshot = Snapshot(Samples.Table with { Model = "small", ModelRevision = "r1", First = 2 });
        var request = Samples.Request() with { Override = new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.4)) };

        Assert.Equal("sigmoid:k=0.4,A=0.9,mean=0.4,first=2,table=search-1", new PlanResolver().Resolve(snapshot, Samples.SmallProfile, request).Plan!.Schedule);
    }

    [Theory]
    [InlineData(0.2, null)]
    [InlineData(null, 0.9)]
    public void Resolve_RuleWithAShape_KeepsItsOwn(double? slope, double? amplitude) =>
        Assert.DoesNotContain(
            "table=", Plan(Snapshot(Samples.Table with { Model = "small" }), new Serving.ByBudget(Third, slope, amplitude)).Schedule, StringComparison.Ordinal);

    [Theory]
    [InlineData("small", "r2")]
    [InlineData("large", "*")]
    public void Resolve_TableOfAnotherRevisionOrModel_IsNotUsed(string model, string revision) =>
        Assert.Equal(
            "sigmoid:mean=0.3,first=3",
            Plan(Snapshot(Samples.Table with { Model = model, ModelRevision = revision }), new Serving.ByBudget(Third)).Schedule);

    [Fact]
    public void Resolve_OutsideTheTable_IsInfeasible()
    {
        var snapshot = Snapshot(Samples.Table with { Model = "small" });
        var request = Samples.Request() with { Override = new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.6)) };

        Assert.Equal(PlanFaultKind.Infeasible, Assert.Single(new PlanResolver().Resolve(snapshot, Samples.SmallProfile, request).Faults).Kind);
    }

    [Fact]
    public void Resolve_SameInputs_GiveTheSameBytesWithAndWithoutCache() =>
        Generators.Check(Generators.Budget.And(Generators.Requests), input =>
        {
            var (budget, context) = input;
            var tables = new ModelTables([Samples.Table], [Samples.Latency with { Model = "llava-1.5-7b" }]);
            var policy = Samples.Policy("default", Samples.Any(new Serving.ByBudget(budget))) with { Scorer = context.Scorer, Floor = context.Floor };
            var snapshot = new PolicySnapshot("e1", 7, [policy], [], tables);
            var profile = new ModelProfile("llava-1.5-7b", "r1", KnownShapes.Get("llava-1.5-7b"), 0);
            var request = new PlanRequest { ImageTokens = context.VisionTokens == 0 ? [] : [context.VisionTokens], TextTokens = context.TextTokens };
            var cached = new PlanResolver(2);

            var first = cached.Resolve(snapshot, profile, request);

            Assert.Equal(first, cached.Resolve(snapshot, profile, request));
            Assert.Equal(first, new PlanResolver(0).Resolve(snapshot, profile, request));
        });

    [Fact]
    public void Resolve_Milliseconds_NeedsTheCostTableOfTheRevision()
    {
        var serve = new Serving.ByBudget(new(BudgetKind.Milliseconds, 7));
        var policy = Samples.Policy("default", Samples.Any(serve));
        PlanResolution Resolve(string revision) => new PlanResolver().Resolve(
            new PolicySnapshot("e1", 7, [policy], [], new ModelTables([], [Samples.Latency with { ModelRevision = revision }])), Samples.SmallProfile, Samples.Request());

        Assert.True(Resolve("r1").IsValid);
        Assert.True(Resolve("*").IsValid);
        Assert.Equal(PlanFaultKind.FailedPrecondition, Assert.Single(Resolve("r2").Faults).Kind);
    }

    [Fact]
    public void New_TwoTablesOfAModel_Throws() =>
        Assert.Throws<ArgumentException>(() => new ModelTables([Samples.Table, Samples.Table], []));

    private static PolicySnapshot Snapshot(BudgetTable table, params Policy[] policies) =>
        new("e1", 7, policies, [], new ModelTables([table], []));

    private static KeepPlan Plan(PolicySnapshot snapshot, Serving serve)
    {
        var policy = Samples.Policy("default", Samples.Any(serve));
        return new PlanResolver().Resolve(new("e1", 7, [policy], [], snapshot.Tables), Samples.SmallProfile, Samples.Request()).Plan!;
    }
}
