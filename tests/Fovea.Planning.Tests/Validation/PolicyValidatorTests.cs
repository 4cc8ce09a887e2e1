using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Validation;

public sealed class PolicyValidatorTests
{
    private static readonly ScheduleId Unknown = ScheduleId.Parse("s-0000000000000000");
    private static readonly PolicyContext Known = new() { Schedules = _ => null, Models = [Samples.SmallProfile] };

    [Fact]
    public void Validate_GoodPolicy_HasNoFault()
    {
        var policy = Samples.Policy(
            "default",
            new ClassRule("chat", new Serving.Full()),
            new ClassRule("fast", new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.3), 0.3, 0.8)),
            new ClassRule("long", new Serving.BySpec(new SigmoidBudgetSpec(new(BudgetKind.FlopsShare, 0.7)))),
            Samples.Any(new Serving.BySpec(new FastVSpec(2, 0.5))));

        Assert.Empty(PolicyValidator.Validate(policy, Known));
    }

    [Fact]
    public void Validate_EverythingWrong_NamesEveryField()
    {
        var policy = new Policy
        {
            Name = "a b",
            Model = "-",
            Floor = -1,
            Scorer = (TokenScorer)9,
            Positions = (PositionMode)9,
            Rules = [new("chat", new Serving.Full()), new("chat", new Serving.Full()), new("", new Serving.ByBudget(new(BudgetKind.MeanKeep, double.NaN)))],
        };

        Assert.Equal(
            ["name", "model", "floor", "scorer", "positions", "rules[1].class", "rules[2].class", "rules[2].budget.mean"],
            PolicyValidator.Validate(policy, PolicyContext.Nothing).Select(fault => fault.Field));
    }

    [Fact]
    public void Validate_FaultsOfTenantModelAndFloor_NameTheirFields()
    {
        var policy = Samples.Policy(
            "p",
            Samples.Any(new Serving.Full()) with { Tenant = "no good" },
            Samples.Any(new Serving.Full()) with { Model = "large" },
            Samples.Any(new Serving.Full()) with { Model = "a b" },
            Samples.Any(new Serving.Full()) with { Floor = -3 },
            Samples.Any(new Serving.Full()) with { Tenant = "acme" },
            Samples.Any(new Serving.BySpec(new VtwSpec(3))) with { Tenant = "acme" });
        policy = policy with { Model = "small" };

        var faults = PolicyValidator.Validate(policy, Known);

        Assert.Equal(
            ["rules[0].tenant", "rules[1].model", "rules[2].model", "rules[2].model", "rules[3].floor", "rules[5].class"],
            faults.Select(fault => fault.Field));
        Assert.Contains("class '*' of tenant 'acme' has a rule already, rules[4]", faults[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SameClassOfOtherTenantsAndModels_HasNoFault()
    {
        var any = Samples.Any(new Serving.Full());

        Assert.Empty(PolicyValidator.Validate(
            Samples.Policy("p", any, any with { Tenant = "acme" }, any with { Tenant = "zeta" }, any with { Model = "small" }, any with { Tenant = "acme", Model = "small" }), Known));
    }

    [Fact]
    public void Validate_ScheduleInARuleOfAnotherModel_IsNotCheckedAgainstThisOne()
    {
        var schedule = new Schedule("s", "*", new(KeepRates.Full(8), null));
        var rule = Samples.Any(new Serving.BySchedule(schedule.Id)) with { Model = "large" };

        Assert.Empty(PolicyValidator.Validate(Samples.Policy("p", rule), Known with { Schedules = _ => schedule }));
    }

    [Fact]
    public void Validate_NoRules_IsAFault() =>
        Assert.Equal("rules", Assert.Single(PolicyValidator.Validate(Samples.Policy("p"), Known)).Field);

    [Fact]
    public void Validate_UnknownSchedule_IsNotFound()
    {
        var policy = Samples.Policy("p", new ClassRule("a", new Serving.BySchedule(Unknown)), Samples.Any(new Serving.BySpec(new IdSpec(Unknown))));

        var faults = PolicyValidator.Validate(policy, Known);

        Assert.Equal(["rules[0].schedule", "rules[1].schedule"], faults.Select(fault => fault.Field));
        Assert.All(faults, fault => Assert.Equal(PlanFaultKind.NotFound, fault.Kind));
        Assert.Empty(PolicyValidator.Validate(policy, PolicyContext.Nothing));
    }

    [Fact]
    public void Validate_ScheduleOfAnotherDepth_IsAPreconditionForModelsOfThePolicy()
    {
        var schedule = new Schedule("s", "*", new(KeepRates.Full(8), null));
        var policy = Samples.Policy("p", Samples.Any(new Serving.BySchedule(schedule.Id)));
        var context = Known with { Schedules = _ => schedule };

        Assert.Equal(PlanFaultKind.FailedPrecondition, Assert.Single(PolicyValidator.Validate(policy, context)).Kind);
        Assert.Empty(PolicyValidator.Validate(policy with { Model = "large" }, context));
    }

    [Theory]
    [InlineData("mean=0.24")]
    [InlineData("flops=0.01")]
    [InlineData("tflops=0.0000001")]
    [InlineData("kv=10")]
    public void Validate_BudgetNoRequestCanMeet_IsInfeasible(string budget)
    {
        var policy = Samples.Policy("p", Samples.Any(new Serving.ByBudget(Budget.Parse(budget).Require())));

        var fault = Assert.Single(PolicyValidator.Validate(policy, Known));

        Assert.Equal(PlanFaultKind.Infeasible, fault.Kind);
        Assert.Contains("nearest is", fault.Message, StringComparison.Ordinal);
        Assert.Empty(PolicyValidator.Validate(policy, PolicyContext.Nothing));
    }

    [Theory]
    [InlineData(-0.1, 0.8)]
    [InlineData(0.3, double.NaN)]
    public void Validate_CurveOutOfRange_IsAFault(double slope, double amplitude)
    {
        var policy = Samples.Policy("p", Samples.Any(new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.5), slope, amplitude)));

        Assert.StartsWith("rules[0].budget.", Assert.Single(PolicyValidator.Validate(policy, Known)).Field, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SpecBuiltOutOfRange_IsAFault()
    {
        var policy = Samples.Policy("p", Samples.Any(new Serving.BySpec(new FastVSpec(0, 2))), new ClassRule("a", new Serving.BySpec(new RatesSpec(KeepRates.Full(3)))));

        Assert.Equal(
            ["rules[0].spec.K", "rules[0].spec.R", "rules[1].spec.rates"],
            PolicyValidator.Validate(policy, Known).Select(fault => fault.Field));
    }

    [Fact]
    public void ValidateAll_SamePolicyTwice_NamesIt()
    {
        var policy = Samples.Policy("p", Samples.Any(new Serving.Full()));

        var fault = Assert.Single(PolicyValidator.ValidateAll([policy, policy with { Model = "small" }, policy], Known));

        Assert.Equal("policies[2].name", fault.Field);
    }
}
