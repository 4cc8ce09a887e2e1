using FsCheck.Fluent;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Policies;

/// <summary>What a tier of an overload ladder does to plans.</summary>
public sealed class OverloadBoundTests
{
    private static readonly ModelTables Tables = new([], [Samples.Latency]);

    private readonly PlanResolver _resolver = new();

    [Fact]
    public void Resolve_TierZero_HasTheBytesOfThePolicyWithoutLadder() => Generators.Check(
        Ladders.Served.And(Ladders.Any),
        drawn =>
        {
            var alone = Plan(drawn.First.Policy, null, drawn.First.Request, 0);
            var tierZero = Plan(drawn.First.Policy, drawn.Second, drawn.First.Request, 0);

            Assert.Equal(alone.CanonicalBytes(), tierZero.CanonicalBytes());
        });

    [Fact]
    public void Resolve_AnyTier_KeepsNoMoreThanTheMilderOne() => Generators.Check(
        Ladders.Served.And(Ladders.Any),
        drawn =>
        {
            var before = Plan(drawn.First.Policy, drawn.Second, drawn.First.Request, 0);
            for (var tier = 1; tier <= drawn.Second.Tiers.Length; tier++)
            {
                var plan = Plan(drawn.First.Policy, drawn.Second, drawn.First.Request, tier);

                Assert.All(plan.Counts.Zip(before.Counts), pair => Assert.True(pair.First <= pair.Second));
                Assert.All(
                    plan.ImageCounts.SelectMany(counts => counts).Zip(before.ImageCounts.SelectMany(counts => counts)),
                    pair => Assert.True(pair.First <= pair.Second));
                before = plan;
            }
        });

    [Fact]
    public void Resolve_AnyTier_IsAValidPlanAboveTheFloorThatDiffersInCountsAlone() => Generators.Check(
        Ladders.Served.And(Ladders.Any),
        drawn =>
        {
            var (policy, request) = drawn.First;
            var alone = Plan(policy, null, request, 0);
            var plan = Plan(policy, drawn.Second, request, drawn.Second.Tiers.Length);

            Assert.Empty(plan.Validate());
            Assert.All(
                plan.Counts.Zip(alone.Counts),
                pair => Assert.True(pair.First >= Math.Min(policy.Floor, pair.Second)));
            Assert.Equal(alone, plan with { Counts = alone.Counts, ImageCounts = alone.ImageCounts });
        });

    [Fact]
    public void Resolve_AnyTier_CostsNoMoreThanItsBudgetWhereThatCanBeReached() => Generators.Check(
        Ladders.Served.And(Generators.Share.Where(share => share >= 0.35 && share < 1)),
        drawn =>
        {
            var ladder = Mean(drawn.Second);
            var plan = Plan(drawn.First.Policy with { Floor = 0 }, ladder, drawn.First.Request, 1);

            Assert.True(Costs.MeanKeep(plan) <= drawn.Second + 1e-9);
        });

    [Fact]
    public void Resolve_BudgetOfTheRuleLowered_IsThePlanOfTheLowerBudget()
    {
        var rule = new Serving.ByBudget(new Budget(BudgetKind.MeanKeep, 0.6), 0.5, 0.9, 2);
        var lower = new Serving.ByBudget(new Budget(BudgetKind.MeanKeep, 0.4), 0.5, 0.9, 2);

        var bounded = Plan(Samples.Policy("default", Samples.Any(rule)), Mean(0.4), Samples.Request(), 1);

        var lowered = Plan(Samples.Policy("default", Samples.Any(lower)), null, Samples.Request(), 0);
        Assert.Equal(string.Join(" ", lowered.Counts), string.Join(" ", bounded.Counts));
    }

    [Fact]
    public void Resolve_TierBeyondTheEnd_IsTheLast()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.Full())) with { Ladder = Mean(0.7, 0.4) };

        var last = _resolver.Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Samples.Request() with { OverloadTier = 2 });
        var beyond = _resolver.Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Samples.Request() with { OverloadTier = 9 });

        Assert.Equal(2, beyond.OverloadTier);
        Assert.Equal(last, beyond);
    }

    [Fact]
    public void Resolve_NoLadder_IgnoresTheTier()
    {
        var snapshot = Samples.Snapshot(Samples.Policy("default", Samples.Any(new Serving.Full())));

        var resolution = _resolver.Resolve(snapshot, Samples.SmallProfile, Samples.Request() with { OverloadTier = 3 });

        Assert.Equal(0, resolution.OverloadTier);
        Assert.True(resolution.Plan!.IsFull);
    }

    [Fact]
    public void Resolve_BudgetOutOfReach_KeepsFullLayersAndTheFloor()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.Full())) with { Floor = 7 };

        var plan = Plan(policy, Mean(0.01), Samples.Request(), 1);

        Assert.Equal("100 100 100 7 7 7 7 7 7 7 7 7", string.Join(" ", plan.Counts));
    }

    [Fact]
    public void Resolve_MillisecondsWithoutCostTable_BoundNothingAndTheMilderTierHolds()
    {
        var ladder = new OverloadLadder
        {
            Tiers = [new(1, 0, new Budget(BudgetKind.MeanKeep, 0.5)), new(2, 0, new Budget(BudgetKind.Milliseconds, 1))],
        };
        var policy = Samples.Policy("default", Samples.Any(new Serving.Full())) with { Ladder = ladder };

        var mild = _resolver.Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Samples.Request() with { OverloadTier = 1 });
        var severe = _resolver.Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Samples.Request() with { OverloadTier = 2 });

        Assert.Equal(mild.Plan, severe.Plan);
        Assert.Equal(2, severe.OverloadTier);
    }

    [Fact]
    public void Resolve_Override_IsBoundedByTheDefaultPolicysLadder()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.ByBudget(new Budget(BudgetKind.MeanKeep, 0.4))));

        var plan = Plan(policy, Mean(0.5), Samples.Request() with { Override = new PlanOverride.Full() }, 1);

        Assert.False(plan.IsFull);
        Assert.True(Costs.MeanKeep(plan) <= 0.5);
    }

    [Fact]
    public void Resolve_RandomScorerAndSeed_StayAsTheyAre()
    {
        var request = Samples.Request() with { Modes = new PlanModes(TokenScorer.Random, PositionMode.Renumber, 42) };

        var plan = Plan(Samples.Policy("default", Samples.Any(new Serving.Full())), Mean(0.5), request, 1);

        Assert.Equal((TokenScorer.Random, PositionMode.Renumber, 42UL), (plan.Scorer, plan.Positions, plan.Seed));
        Assert.False(plan.IsFull);
    }

    [Fact]
    public void Resolve_PooledPlan_DropsAveragesAfterTheFullLayers()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.BySpec(new PoolSpec(2))));

        var plan = Plan(policy, Mean(0.3), Samples.Request(144), 1);

        Assert.Equal(2, plan.Pool);
        Assert.Equal(36, plan.Counts[0]);
        Assert.Empty(plan.Validate());
        Assert.True(plan.Counts[^1] < 36);
    }

    [Fact]
    public void Resolve_PooledCoverage_StaysAsItIs()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.BySpec(new PoolSpec(2)))) with { Scorer = TokenScorer.Coverage };

        Assert.Equal(Plan(policy, null, Samples.Request(144), 0), Plan(policy, Mean(0.3), Samples.Request(144), 1));
    }

    [Theory]
    [InlineData(0.38)]
    [InlineData(0.3)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public void Resolve_ModelWithBudgetTable_StaysWithinTheBudget(double mean)
    {
        var table = Samples.Table with { Model = "small" };
        var policy = Samples.Policy("default", Samples.Any(new Serving.Full())) with { Ladder = Mean(mean), Floor = 0 };
        var snapshot = new PolicySnapshot("e1", 1, [policy], [], new ModelTables([table], []));

        var plan = _resolver.Resolve(snapshot, Samples.SmallProfile, Samples.Request(500) with { OverloadTier = 1 }).Plan!;

        Assert.True(Costs.MeanKeep(plan) <= Math.Max(mean, 0.2501));
        Assert.False(plan.IsFull);
    }

    [Fact]
    public void Resolve_NegativeTier_IsAFault()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.Full()));

        var resolution = _resolver.Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Samples.Request() with { OverloadTier = -1 });

        Assert.Equal("overloadTier", Assert.Single(resolution.Faults).Field);
    }

    private static OverloadLadder Mean(params double[] means) => new()
    {
        Tiers = [.. means.Select((mean, index) => new OverloadTier(index + 1, 0, new Budget(BudgetKind.MeanKeep, mean)))],
    };

    private KeepPlan Plan(Policy policy, OverloadLadder? ladder, PlanRequest request, int tier)
    {
        var snapshot = new PolicySnapshot("e1", 7, [policy with { Ladder = ladder }], [], Tables);
        return _resolver.Resolve(snapshot, Samples.SmallProfile, request with { OverloadTier = tier }).Plan!;
    }

    private static class Costs
    {
        public static double MeanKeep(KeepPlan plan) => Fovea.Planning.Costs.CostModel.MeanKeep(plan.Counts.AsSpan(), plan.VisionTokens);
    }
}
