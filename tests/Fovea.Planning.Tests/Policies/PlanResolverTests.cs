using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;
using FsCheck.Fluent;

namespace Fovea.Planning.Tests.Policies;

public sealed class PlanResolverTests
{
    private static readonly ClassRule Half = new("half", new Serving.BySpec(new UniformSpec(0.5)));
    private static readonly ClassRule Budget = new("budget", new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.4)));
    private static readonly ClassRule Rest = Samples.Any(new Serving.BySpec(new VtwSpec(6)));

    [Theory]
    [InlineData("half", "half", "uniform:r=0.5,first=3", 50)]
    [InlineData("budget", "budget", "sigmoid:mean=0.4,first=3", 1)]
    [InlineData("", "*", "vtw:K=6", 0)]
    [InlineData("*", "*", "vtw:K=6", 0)]
    [InlineData("unknown", "*", "vtw:K=6", 0)]
    public void Resolve_Class_IsServedByItsRule(string requestClass, string ruleClass, string schedule, int lastAtLeast)
    {
        var resolution = Resolve(Samples.Snapshot(Samples.Policy("default", Half, Budget, Rest)), Samples.Request() with { RequestClass = requestClass });

        Assert.True(resolution.IsValid);
        Assert.Equal(("default", ruleClass, "e1", 7L, false), (resolution.PolicyName, resolution.RuleClass, resolution.Epoch, resolution.Revision, resolution.IsFallback));
        Assert.Equal(("small", "r1", schedule), (resolution.Plan.Model, resolution.Plan.ModelRevision, resolution.Plan.Schedule));
        Assert.InRange(resolution.Plan.Counts[^1], lastAtLeast, Math.Max(lastAtLeast, 30));
        Assert.Empty(resolution.Plan.Validate());
    }

    [Fact]
    public void Resolve_Budget_IsNotExceeded()
    {
        var plan = Resolve(Samples.Snapshot(Samples.Policy("default", Budget)), Samples.Request() with { RequestClass = "budget" }).Plan!;

        Assert.InRange(plan.Counts.Sum(), (0.4 * 12 * 100) - 9, 0.4 * 12 * 100);
    }

    [Fact]
    public void Resolve_NoRuleForTheClass_IsNotFound()
    {
        var fault = Assert.Single(Resolve(Samples.Snapshot(Samples.Policy("default", Half)), Samples.Request() with { RequestClass = "ocr" }).Faults);

        Assert.Equal((PlanFaultKind.NotFound, "class"), (fault.Kind, fault.Field));
        Assert.Contains("'ocr'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NoSnapshot_KeepsEverythingAndSaysSo()
    {
        var resolution = Resolve(null, Samples.Request() with { RequestClass = "half" });

        Assert.True(resolution.IsFallback);
        Assert.Equal(KeepPlan.Full("small", "r1", 12, 100), resolution.Plan);
        Assert.Equal((string.Empty, string.Empty, 0L), (resolution.PolicyName, resolution.Epoch, resolution.Revision));
    }

    [Fact]
    public void Resolve_NoDefaultPolicy_KeepsEverythingAndSaysSo()
    {
        var resolution = Resolve(Samples.Snapshot(Samples.Policy("other", Rest)), Samples.Request());

        Assert.True(resolution is { IsFallback: true, Plan.IsFull: true, Epoch: "e1", Revision: 7 });
    }

    [Fact]
    public void Resolve_DefaultPolicyOfAnotherModel_IsAPrecondition()
    {
        var fault = Assert.Single(Resolve(Samples.Snapshot(Samples.Policy("default", Rest) with { Model = "large" }), Samples.Request()).Faults);

        Assert.Equal((PlanFaultKind.FailedPrecondition, "policy 'default' is for model 'large', but 'small' is served"), (fault.Kind, fault.Message));
    }

    [Fact]
    public void Resolve_PolicyOfTheModel_BeatsThatOfAny()
    {
        var exact = Samples.Policy("default", Samples.Any(new Serving.Full())) with { Model = "small" };

        Assert.True(Resolve(Samples.Snapshot(Samples.Policy("default", Rest), exact), Samples.Request()).Plan!.IsFull);
    }

    [Fact]
    public void Resolve_Policy_GivesFloorScorerAndPositions()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.BySpec(new FastVSpec(2, 1)))) with
        {
            Floor = 4,
            Scorer = TokenScorer.Last,
            Positions = PositionMode.Renumber,
        };

        var plan = Resolve(Samples.Snapshot(policy), Samples.Request()).Plan!;

        Assert.Equal((4, 4, TokenScorer.Last, PositionMode.Renumber), (plan.Floor, plan.Counts[^1], plan.Scorer, plan.Positions));
    }

    [Fact]
    public void Resolve_Withdrawal_KeepsNothingWhateverTheFloor()
    {
        var plan = Resolve(Samples.Snapshot(Samples.Policy("default", Rest) with { Floor = 9 }), Samples.Request()).Plan!;

        Assert.Equal((0, 0), (plan.Floor, plan.Counts[^1]));
    }

    [Fact]
    public void Resolve_SeveralImages_PlansForAllTokensTogether() =>
        Assert.Equal(60, Resolve(null, Samples.Request() with { ImageTokens = [10, 20, 30] }).Plan!.VisionTokens);

    [Fact]
    public void Resolve_TextOnly_IsServedUnderAnyBudget()
    {
        var resolution = Resolve(Samples.Snapshot(Samples.Policy("default", Budget)), Samples.Request() with { ImageTokens = [], RequestClass = "budget" });

        Assert.True(resolution is { IsValid: true, Plan.VisionTokens: 0, Plan.IsFull: true });
    }

    [Fact]
    public void Resolve_SeveralFaultsOfTheRequest_NamesEach()
    {
        var request = Samples.Request() with { ModelName = "large", ModelRevision = "r9", ImageTokens = [5, 0, 9000], TextTokens = -1 };

        var faults = Resolve(null, request).Faults;

        Assert.Equal(["model", "modelRevision", "imageTokens[1]", "textTokens", "textTokens"], faults.Select(fault => fault.Field));
        Assert.Contains("exceed the context length 2048 of small", faults[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_InfeasibleBudget_NamesTheNearest()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.1)))) with { Floor = 0 };
        var fault = Assert.Single(Resolve(Samples.Snapshot(policy), Samples.Request()).Faults);

        Assert.Equal(PlanFaultKind.Infeasible, fault.Kind);
        Assert.EndsWith("nearest is mean=0.25", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_RatesOfAnotherDepthInThePolicy_IsAPrecondition()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.BySpec(new RatesSpec(KeepRates.Full(8)))));

        Assert.Equal(PlanFaultKind.FailedPrecondition, Assert.Single(Resolve(Samples.Snapshot(policy), Samples.Request()).Faults).Kind);
    }

    [Fact]
    public void Resolve_SameInputs_GiveTheSameBytesWithAndWithoutCache() =>
        Generators.Check(Generators.BudgetSpec.And(Gen.Choose(1, 1000)).And(Gen.Choose(1, 500)), input =>
        {
            var ((spec, visionTokens), textTokens) = input;
            var snapshot = Samples.Snapshot(Samples.Policy("default", Samples.Any(new Serving.BySpec(spec))));
            var request = Samples.Request(visionTokens, textTokens);
            var cached = new PlanResolver(2);

            var first = cached.Resolve(snapshot, Samples.SmallProfile, request);
            var again = cached.Resolve(snapshot, Samples.SmallProfile, request);
            var elsewhere = new PlanResolver(0).Resolve(snapshot, Samples.SmallProfile, request);

            Assert.Equal(first, again);
            Assert.Equal(first, elsewhere);
            Assert.Equal(first.Plan?.CanonicalBytes(), elsewhere.Plan?.CanonicalBytes());
        });

    [Fact]
    public void Resolve_BudgetGolden_IsTheBestPlanAnotherProgramFound()
    {
        var plan = Resolve(Samples.Snapshot(Samples.Policy("default", Budget)), Samples.Request() with { RequestClass = "budget" }).Plan!;

        Assert.Equal("5d28ce3bd6b093bee231b1c85e7e93f6e346cbb3513d1785632acd5d956b2d33", plan.Digest.Hex);
    }

    private static PlanResolution Resolve(PolicySnapshot? snapshot, PlanRequest request) =>
        new PlanResolver().Resolve(snapshot, Samples.SmallProfile, request);
}
