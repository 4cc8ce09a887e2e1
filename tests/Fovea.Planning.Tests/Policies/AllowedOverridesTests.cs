using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Policies;

public sealed class AllowedOverridesTests
{
    private static readonly Schedule Stored = new("stored", "small", new(KeepRates.Steps(12, 4, 0.2), null));

    private static readonly IReadOnlyDictionary<OverrideKind, PlanOverride> Overrides = new Dictionary<OverrideKind, PlanOverride>
    {
        [OverrideKind.Full] = new PlanOverride.Full(),
        [OverrideKind.Policy] = new PlanOverride.PolicyName("other"),
        [OverrideKind.Schedule] = new PlanOverride.ScheduleRef(Stored.Id),
        [OverrideKind.Rates] = new PlanOverride.Rates(KeepRates.Full(12)),
        [OverrideKind.Budget] = new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.5)),
        [OverrideKind.Spec] = new PlanOverride.Spec(new UniformSpec(0.5)),
    };

    public static TheoryData<OverrideKind> Kinds => [.. Enum.GetValues<OverrideKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Resolve_OnlyThisKindAllowed_RefusesEveryOther(OverrideKind allowed)
    {
        foreach (var (kind, chosen) in Overrides)
        {
            var resolution = Resolve(new PlanRequest { ImageTokens = [100], TextTokens = 20, Override = chosen }, allowed);

            Assert.Equal(kind == allowed, resolution.IsValid);
            Assert.True(resolution.IsValid || resolution.Faults[0] is { Kind: PlanFaultKind.FailedPrecondition, Field: "override" });
        }
    }

    [Fact]
    public void Resolve_NotAllowed_NamesWhatIs()
    {
        var request = Samples.Request() with { Override = new PlanOverride.Spec(new UniformSpec(0.5)) };

        var fault = Assert.Single(Resolve(request, OverrideKind.Full, OverrideKind.Budget).Faults);

        Assert.Equal("policy 'default' lets a request bring only full, budget, not spec (allowedOverrides)", fault.Message);
    }

    [Theory]
    [InlineData(OverrideKind.Schedule, true)]
    [InlineData(OverrideKind.Spec, false)]
    public void Resolve_WrittenScheduleNamedByItsId_IsASchedule(OverrideKind allowed, bool isValid)
    {
        PlanOverride[] asked = [new PlanOverride.Spec(new UniformSpec(0.5)) { StoredAs = Stored.Id }, new PlanOverride.Spec(new IdSpec(Stored.Id))];

        Assert.All(asked, chosen => Assert.Equal(isValid, Resolve(Samples.Request() with { Override = chosen }, allowed).IsValid));
    }

    [Fact]
    public void Resolve_Modes_GoWithAnAllowedKindAndNotAlone()
    {
        var request = Samples.Request() with { Modes = new(TokenScorer.Last) };

        Assert.Contains("scorer, positions or scope alone", Assert.Single(Resolve(request, OverrideKind.Full).Faults).Message, StringComparison.Ordinal);
        Assert.True(Resolve(request with { Override = new PlanOverride.Full() }, OverrideKind.Full).IsValid);
        Assert.True(Resolve(request).IsValid);
    }

    [Fact]
    public void Resolve_NoOverride_IsServedWhateverIsAllowed() => Assert.True(Resolve(Samples.Request(), OverrideKind.Rates).IsValid);

    [Fact]
    public void Validate_KindsThatAreNoneOrTwice_AreFaults()
    {
        var policy = Samples.Policy("p", Samples.Any(new Serving.Full())) with { AllowedOverrides = [OverrideKind.Full, (OverrideKind)9, OverrideKind.Full] };

        Assert.Equal(["allowedOverrides[1]", "allowedOverrides[2]"], PolicyValidator.Validate(policy, PolicyContext.Nothing).Select(fault => fault.Field));
    }

    private static PlanResolution Resolve(PlanRequest request, params OverrideKind[] allowed)
    {
        var policy = Samples.Policy("default", Samples.Any(new Serving.Full())) with { AllowedOverrides = [.. allowed] };
        var snapshot = new PolicySnapshot("e1", 7, [policy, policy with { Name = "other" }], [Stored]);
        return new PlanResolver().Resolve(snapshot, Samples.SmallProfile, request);
    }
}
