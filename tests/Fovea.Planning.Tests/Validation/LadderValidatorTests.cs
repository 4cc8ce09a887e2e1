using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Validation;

public sealed class LadderValidatorTests
{
    private static readonly Budget Half = new(BudgetKind.MeanKeep, 0.5);

    [Fact]
    public void Validate_GoodLadder_HasNoFault() => Generators.Check(
        Ladders.Any,
        ladder =>
        {
            // Kinds with other values per tier may rise against one another, equal kinds may not: the generator sorts by share.
            Assert.Empty(Faults(ladder));
        });

    [Fact]
    public void Validate_EverythingWrong_NamesEveryFieldAtOnce()
    {
        var ladder = new OverloadLadder
        {
            Tiers =
            [
                new(8, 0.5, Half),
                new(8, 0.4, Half with { Value = 0.6 }),
                new(0, 0, Half with { Value = 2 }),
                new(-1, 1.5, Half),
            ],
            RecoverShare = 1,
            HoldMilliseconds = 0,
        };

        Assert.Equal(
            [
                "ladder.recoverShare", "ladder.holdMs",
                "ladder.tiers[1].waiting", "ladder.tiers[1].kvShare", "ladder.tiers[1].budget",
                "ladder.tiers[2]", "ladder.tiers[2].budget.mean", "ladder.tiers[2].budget",
                "ladder.tiers[3].waiting", "ladder.tiers[3].kvShare",
            ],
            Faults(ladder).Select(fault => fault.Field));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Validate_NumberOfTiers_IsBounded(int count)
    {
        var ladder = new OverloadLadder { Tiers = [.. Enumerable.Range(1, count).Select(tier => new OverloadTier(tier, 0, Half))] };

        Assert.Equal("ladder.tiers", Assert.Single(Faults(ladder)).Field);
    }

    [Fact]
    public void Validate_ThresholdLeftOut_IsComparedWithTheLastGiven()
    {
        var ladder = new OverloadLadder { Tiers = [new(4, 0, Half), new(0, 0.9, Half), new(4, 0, Half)] };

        Assert.Equal("ladder.tiers[2].waiting", Assert.Single(Faults(ladder)).Field);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Validate_RecoverShareOutside_IsAFault(double share)
    {
        var ladder = new OverloadLadder { Tiers = [new(4, 0, Half)], RecoverShare = share };

        Assert.Equal("ladder.recoverShare", Assert.Single(Faults(ladder)).Field);
    }

    [Fact]
    public void Validate_MillisecondsWithoutCostTable_IsAFaultForTheModelsThatArePresent()
    {
        var policy = Of(new OverloadLadder { Tiers = [new(4, 0, new Budget(BudgetKind.Milliseconds, 10))] });
        var context = new PolicyContext { Models = [Samples.SmallProfile], Tables = ModelTables.None };

        var fault = Assert.Single(PolicyValidator.Validate(policy, context));

        Assert.Equal("ladder.tiers[0].budget.ms", fault.Field);
        Assert.Equal(PlanFaultKind.FailedPrecondition, fault.Kind);
        Assert.Empty(PolicyValidator.Validate(policy, context with { Tables = new ModelTables([], [Samples.Latency]) }));
        Assert.Empty(PolicyValidator.Validate(policy with { Model = "other" }, context));
    }

    private static Policy Of(OverloadLadder ladder) => Samples.Policy("default", Samples.Any(new Serving.Full())) with { Ladder = ladder };

    private static IEnumerable<PlanFault> Faults(OverloadLadder ladder) => PolicyValidator.Validate(Of(ladder), PolicyContext.Nothing);
}
