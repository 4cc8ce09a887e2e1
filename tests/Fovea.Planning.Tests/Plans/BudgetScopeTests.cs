using System.Collections.Immutable;
using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Plans;

/// <summary>Requests with several images, each of which keeps its own share.</summary>
public sealed class BudgetScopeTests
{
    private static readonly Policy Half = Samples.Policy("default", Samples.Any(new Serving.BySpec(new UniformSpec(0.5)))) with
    {
        Scope = BudgetScope.PerImage,
        Floor = 4,
    };

    [Fact]
    public void Resolve_PerImage_CountsEachImageByItsOwnShareAndFloor()
    {
        var plan = Resolve(Half, 100, 7, 3);

        Assert.Equal(BudgetScope.PerImage, plan.Scope);
        Assert.Equal([100, 7, 3], plan.ImageCounts.Select(counts => counts[0]));
        Assert.Equal([50, 4, 3], plan.ImageCounts.Select(counts => counts[^1]));
        Assert.Equal((110, 57), (plan.Counts[0], plan.Counts[^1]));
        Assert.Empty(plan.Validate());
    }

    [Fact]
    public void Resolve_Pooled_IsThePlanOfOneImageOfAllTokens()
    {
        var pooled = Resolve(Half with { Scope = BudgetScope.Pooled }, 100, 7, 3);

        Assert.Equal(Resolve(Half with { Scope = BudgetScope.Pooled }, 110), pooled);
        Assert.Equal(Resolve(Half with { Scope = BudgetScope.Pooled }, 110).Digest, pooled.Digest);
        Assert.Empty(pooled.ImageCounts);
    }

    [Fact]
    public void Resolve_ScopeOfTheRequest_TakesThePlaceOfThePolicys()
    {
        var request = Request(30, 30) with { Modes = new PlanModes { Scope = BudgetScope.Pooled } };

        var plan = new PlanResolver().Resolve(Samples.Snapshot(Half), Samples.SmallProfile, request).Plan!;

        Assert.Equal(BudgetScope.Pooled, plan.Scope);
    }

    [Fact]
    public void Resolve_Averages_KnowNoScope()
    {
        var plan = Resolve(Half with { Rules = [Samples.Any(new Serving.BySpec(new PoolSpec(2)))] }, 16, 64);

        Assert.Equal((BudgetScope.Pooled, 4 + 16), (plan.Scope, plan.Counts[0]));
    }

    [Fact]
    public void Resolve_BudgetPerImage_IsMetWithItsFloorsAndNeverExceeded() =>
        Generators.Check(Gen.Choose(1, 300).ArrayOf(3).And(Gen.Choose(20, 95)), input =>
        {
            var (images, percent) = input;
            var budget = new Budget(BudgetKind.MeanKeep, percent / 100.0);
            var policy = Half with { Rules = [Samples.Any(new Serving.ByBudget(budget))], Floor = 2 };

            var resolution = new PlanResolver().Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Request(images));

            if (resolution.Plan is { } plan)
            {
                Assert.True(CostModel.MeanKeep(plan.Counts.AsSpan(), plan.VisionTokens) <= budget.Value + 1e-12);
                Assert.All(plan.ImageCounts, counts => Assert.True(counts[^1] >= Math.Min(2, counts[0])));
                Assert.Empty(plan.Validate());
            }
            else
            {
                Assert.Contains("infeasible", resolution.Faults[0].Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Fill_AnyImages_IsTheSumOfEachOnesCounts() =>
        Generators.Check(Generators.Rates.And(Gen.Choose(1, 700).ArrayOf(4)).And(Generators.Floor), input =>
        {
            var ((rates, images), floor) = input;
            var counts = new int[rates.Count];
            var each = new ResolvedSchedule(rates, floor).ImageCounts([.. images], 0);

            KeepCounts.Fill(rates.AsSpan(), images, floor, counts);

            Assert.Equal(KeepCounts.Sum(each, rates.Count), counts);
        });

    [Fact]
    public void Digest_OtherSharesOfTheSameSum_Differs()
    {
        var plan = Resolve(Half, 60, 40);
        var other = plan with { ImageCounts = [plan.ImageCounts[1], plan.ImageCounts[0]] };

        Assert.NotEqual(plan.Digest, other.Digest);
        Assert.NotEqual(plan, other);
        Assert.Equal(plan, plan with { ImageCounts = [.. plan.ImageCounts.Select(counts => ImmutableArray.CreateRange(counts))] });
    }

    [Fact]
    public void Validate_ImagesThatDoNotAddUp_NamesTheLayer()
    {
        var plan = Resolve(Half, 60, 40);

        var short1 = plan with { ImageCounts = [plan.ImageCounts[0], [.. plan.ImageCounts[1].RemoveAt(0)]] };
        var unscoped = plan with { Scope = BudgetScope.Pooled };

        Assert.Contains(short1.Validate(), fault => fault.Field == "images[1]");
        Assert.Contains((plan with { ImageCounts = [plan.ImageCounts[0]] }).Validate(), fault => fault.Message.Contains("is not the 60 of its images", StringComparison.Ordinal));
        Assert.Contains(unscoped.Validate(), fault => fault.Field == "images");
    }

    private static PlanRequest Request(params int[] images) => Samples.Request() with { ImageTokens = [.. images] };

    private static KeepPlan Resolve(Policy policy, params int[] images) =>
        new PlanResolver().Resolve(Samples.Snapshot(policy), Samples.SmallProfile, Request(images)).Plan!;
}
