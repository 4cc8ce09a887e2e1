using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Validation;

public sealed class KeepPlanValidatorTests
{
    [Fact]
    public void Validate_PlanOfAnyRates_HasNoFault() =>
        Generators.Check(Generators.Rates.And(Generators.Tokens).And(Generators.Floor), input =>
        {
            var ((rates, visionTokens), floor) = input;
            var plan = KeepPlan.Full("m", "r", 1, visionTokens) with { Counts = KeepCounts.From(rates, visionTokens, floor), Floor = floor };

            Assert.Empty(plan.Validate());
        });

    [Fact]
    public void Validate_SeveralFaults_NamesEachLayer()
    {
        var plan = KeepPlan.Full("m", "r", 1, 10) with { Counts = [11, 5, 6, -1, 0], Floor = 2 };

        var faults = plan.Validate();

        Assert.Equal(["counts[0]", "counts[2]", "counts[3]", "counts[4]"], faults.Select(fault => fault.Field));
        Assert.Equal("count 11 of layer 0 exceeds 10 of the request's vision tokens", faults[0].Message);
        Assert.Equal("count 6 of layer 2 exceeds 5 of layer 1", faults[1].Message);
    }

    [Fact]
    public void Validate_NegativeNumbersAndNoCounts_NamesEach()
    {
        var plan = KeepPlan.Full("m", "r", 1, 10) with { VisionTokens = -1, Floor = -1, Counts = [] };

        Assert.Equal(["visionTokens", "floor", "counts"], plan.Validate().Select(fault => fault.Field));
    }

    [Fact]
    public void Validate_FewerTokensInLayer0_IsAFaultUnlessPooled()
    {
        var plan = KeepPlan.Full("m", "r", 1, 16) with { Counts = [4, 4] };

        Assert.Equal("counts[0]", Assert.Single(plan.Validate()).Field);
        Assert.Empty((plan with { Pool = 2 }).Validate());
        Assert.Empty((plan with { Pool = 2, Floor = 9 }).Validate());
        Assert.Empty((plan with { Pool = 2, Counts = [4, 3] }).Validate());
    }

    [Fact]
    public void Validate_SeedOfNoDrawAndSideOfNoSquare_NamesBoth()
    {
        var plan = KeepPlan.Full("m", "r", 2, 16) with { Seed = 7, Pool = 1 };

        Assert.Equal(["pool", "seed"], plan.Validate().Select(fault => fault.Field));
        Assert.Empty((plan with { Pool = 0, Scorer = TokenScorer.Random }).Validate());
    }
}
