using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Policies;

public sealed class PlanOverrideTests
{
    private static readonly Schedule Stored = new("stored", "small", new(KeepRates.Steps(12, 4, 0.2), null), "r1");
    private static readonly Policy Default = Samples.Policy("default", Samples.Any(new Serving.BySpec(new UniformSpec(0.5))));
    private static readonly Policy Lossless = Samples.Policy("lossless", new ClassRule("chat", new Serving.Full()));

    [Fact]
    public void Resolve_Full_KeepsEverything()
    {
        var resolution = Resolve(new PlanOverride.Full());

        Assert.True(resolution is { IsValid: true, IsFallback: false, Plan: { IsFull: true, Schedule: "full" }, RuleClass: "", PolicyName: "default" });
    }

    [Fact]
    public void Resolve_Rates_UsesThemAndTheirFloor()
    {
        var plan = Resolve(new PlanOverride.Rates(KeepRates.Steps(12, 2, 0), 3)).Plan!;

        Assert.Equal((3, 3, "rates:{\"rates\":[1,1,0,0,0,0,0,0,0,0,0,0],\"floor\":3}"), (plan.Floor, plan.Counts[^1], plan.Schedule));
    }

    [Fact]
    public void Resolve_RatesOfAnotherDepth_IsInvalid() =>
        Assert.Equal(PlanFaultKind.InvalidArgument, Assert.Single(Resolve(new PlanOverride.Rates(KeepRates.Full(8))).Faults).Kind);

    [Fact]
    public void Resolve_Budget_IsMet()
    {
        var plan = Resolve(new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.3))).Plan!;

        Assert.InRange(plan.Counts.Sum(), 360 - 9, 360);
        Assert.Equal("sigmoid:mean=0.3,first=3", plan.Schedule);
    }

    [Fact]
    public void Resolve_BudgetWhereTheRuleHasOne_TakesItsCurve()
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.5), 0.4, 0.9, 2)));
        var request = Samples.Request() with { Override = new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.3)) };

        var plan = new PlanResolver().Resolve(Samples.Snapshot(policy), Samples.SmallProfile, request).Plan!;

        Assert.Equal("sigmoid:k=0.4,A=0.9,mean=0.3,first=2", plan.Schedule);
    }

    [Fact]
    public void Resolve_Schedule_IsNamedByItsId()
    {
        var resolution = Resolve(new PlanOverride.ScheduleRef(Stored.Id));

        Assert.Equal(Stored.Id, resolution.ScheduleId);
        Assert.Equal((Stored.Id.Value, 20), (resolution.Plan!.Schedule, resolution.Plan.Counts[^1]));
        Assert.Equal(resolution.Plan, Resolve(new PlanOverride.Spec(new IdSpec(Stored.Id))).Plan);
    }

    [Fact]
    public void Resolve_UnknownSchedule_IsNotFound() =>
        Assert.Equal(PlanFaultKind.NotFound, Assert.Single(Resolve(new PlanOverride.ScheduleRef(ScheduleId.Parse("s-0000000000000000"))).Faults).Kind);

    [Fact]
    public void Resolve_ScheduleOfAnotherModel_NamesEveryReason()
    {
        var foreign = new Schedule("foreign", "large", new(KeepRates.Full(8), null), "r7");

        var faults = Resolve(new PlanOverride.ScheduleRef(foreign.Id), foreign).Faults;

        Assert.All(faults, fault => Assert.Equal(PlanFaultKind.FailedPrecondition, fault.Kind));
        Assert.Collection(
            faults,
            fault => Assert.Contains("made for model 'large', not for 'small'", fault.Message, StringComparison.Ordinal),
            fault => Assert.Contains("made for revision 'r7' of 'large', not for 'r1'", fault.Message, StringComparison.Ordinal),
            fault => Assert.Contains("has 8 layers, but 'small' has 12", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Resolve_PolicyName_UsesThatPolicy()
    {
        var resolution = Resolve(new PlanOverride.PolicyName("lossless"), requestClass: "chat");

        Assert.True(resolution is { PolicyName: "lossless", RuleClass: "chat", Plan.IsFull: true });
    }

    [Fact]
    public void Resolve_PolicyNameWithoutRuleForTheClass_IsNotFound() =>
        Assert.Equal("class", Assert.Single(Resolve(new PlanOverride.PolicyName("lossless"), requestClass: "ocr").Faults).Field);

    [Fact]
    public void Resolve_UnknownPolicyName_IsNotFound() =>
        Assert.Equal("no policy 'gone' is known", Assert.Single(Resolve(new PlanOverride.PolicyName("gone")).Faults).Message);

    [Fact]
    public void Resolve_OverridesNotAllowed_IsAPrecondition()
    {
        var closed = Samples.Snapshot(Default with { AllowOverrides = false }, Lossless);
        PlanOverride[] overrides = [new PlanOverride.Full(), new PlanOverride.PolicyName("lossless"), new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.5))];

        Assert.All(overrides, asked =>
        {
            var resolution = new PlanResolver().Resolve(closed, Samples.SmallProfile, Samples.Request() with { Override = asked });
            Assert.Equal((PlanFaultKind.FailedPrecondition, "override"), (resolution.Faults[0].Kind, resolution.Faults[0].Field));
        });
    }

    [Fact]
    public void Resolve_OverridesNotAllowedButTheSamePolicyNamed_IsServed()
    {
        var request = Samples.Request() with { Override = new PlanOverride.PolicyName("default") };

        Assert.True(new PlanResolver().Resolve(Samples.Snapshot(Default with { AllowOverrides = false }), Samples.SmallProfile, request).IsValid);
    }

    [Fact]
    public void Resolve_NoSnapshot_HonoursWhatNeedsNone()
    {
        var resolution = WithoutSnapshot(new PlanOverride.Spec(new FastVSpec(2, 0.5)));

        Assert.True(resolution is { IsFallback: true, Plan.FirstDropLayer: 2 });
    }

    [Fact]
    public void Resolve_NoSnapshot_KeepsEverythingForReferences()
    {
        Assert.True(WithoutSnapshot(new PlanOverride.PolicyName("lossless")) is { IsFallback: true, Plan.IsFull: true });
        Assert.True(WithoutSnapshot(new PlanOverride.ScheduleRef(Stored.Id)) is { IsFallback: true, Plan.IsFull: true });
        Assert.True(WithoutSnapshot(new PlanOverride.Spec(new IdSpec(Stored.Id))) is { IsFallback: true, Plan.IsFull: true });
    }

    private static PlanResolution WithoutSnapshot(PlanOverride asked) =>
        new PlanResolver().Resolve(null, Samples.SmallProfile, Samples.Request() with { Override = asked });

    private static PlanResolution Resolve(PlanOverride asked, Schedule? also = null, string requestClass = "")
    {
        var snapshot = new PolicySnapshot("e1", 7, [Default, Lossless], also is null ? [Stored] : [Stored, also]);
        return new PlanResolver().Resolve(snapshot, Samples.SmallProfile, Samples.Request() with { Override = asked, RequestClass = requestClass });
    }

    [Fact]
    public void Resolve_ModesOfTheRequest_ReplaceThePolicys()
    {
        var snapshot = Samples.Snapshot(Samples.Policy("default", Samples.Any(new Serving.BySpec(new UniformSpec(0.5)))));
        var request = Samples.Request() with { Modes = new(TokenScorer.Random, PositionMode.Renumber, 7) };

        var plan = new PlanResolver().Resolve(snapshot, Samples.SmallProfile, request).Plan!;

        Assert.Equal((TokenScorer.Random, PositionMode.Renumber, 7UL), (plan.Scorer, plan.Positions, plan.Seed));
        Assert.Empty(plan.Validate());
    }

    [Fact]
    public void Resolve_SeedWithoutTheRandomScorer_IsRefused()
    {
        var faults = new PlanResolver().Resolve(null, Samples.SmallProfile, Samples.Request() with { Modes = new(null, null, 7) }).Faults;

        Assert.Equal("override.seed", Assert.Single(faults).Field);
    }

    [Fact]
    public void Resolve_ModesWhereOverridesAreForbidden_AreRefused()
    {
        var snapshot = Samples.Snapshot(Samples.Policy("default", Samples.Any(new Serving.Full())) with { AllowOverrides = false });
        var faults = new PlanResolver().Resolve(snapshot, Samples.SmallProfile, Samples.Request() with { Modes = new(TokenScorer.Last) }).Faults;

        Assert.Contains("its own scorer, positions or scope", Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
