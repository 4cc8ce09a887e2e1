using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Policies;

public sealed class RulePrecedenceTests
{
    private static readonly string[] Classes = ["*", "count", "ocr"];
    private static readonly string[] Tenants = ["*", "acme", "zeta"];
    private static readonly string[] Models = ["*", "small", "large"];

    private static readonly Gen<ImmutableArray<ClassRule>> Rules =
        from picked in Gen.ListOf(Gen.Choose(0, 26), 12)
        select picked.Distinct().Select(Rule).ToImmutableArray();

    [Theory]
    [InlineData("count", "acme", "small", "count@acme#small")]
    [InlineData("count", "acme", "large", "count@acme")]
    [InlineData("ocr", "acme", "small", "*@acme")]
    [InlineData("count", "zeta", "small", "count")]
    [InlineData("ocr", "zeta", "small", "*#small")]
    [InlineData("ocr", "zeta", "large", "*")]
    [InlineData("", "", "large", "*")]
    [InlineData("count", "*", "large", "count")]
    public void FindRule_SeveralFit_IsTheNarrowest(string requestClass, string tenant, string model, string expected)
    {
        var policy = Samples.Policy(
            "p", Rule("*", "*", "*"), Rule("*", "*", "small"), Rule("count", "*", "*"), Rule("*", "acme", "*"), Rule("count", "acme", "*"), Rule("count", "acme", "small"));

        Assert.Equal(expected, policy.FindRule(requestClass, tenant, model)!.Label);
    }

    [Fact]
    public void FindRule_AnyRules_IsWhatTheTableSays() =>
        Generators.Check(Rules.And(Gen.Choose(0, 26)), pair =>
        {
            var asked = Rule(pair.Second);
            var policy = Samples.Policy("p", [.. pair.First]);

            // The contract's order, written out: class and tenant, tenant, class, none; within each a named model first.
            var expected = new[] { (true, true), (true, false), (false, true), (false, false) }
                .SelectMany(order => new[] { true, false }.Select(named => (Tenant: order.Item1, Class: order.Item2, Model: named)))
                .Select(order => pair.First.FirstOrDefault(rule =>
                    rule.Tenant == (order.Tenant ? asked.Tenant : "*")
                    && rule.RequestClass == (order.Class ? asked.RequestClass : "*")
                    && rule.Model == (order.Model ? asked.Model : "*")))
                .FirstOrDefault(rule => rule is not null);

            Assert.Equal(expected, policy.FindRule(asked.RequestClass, asked.Tenant, asked.Model));
        });

    [Fact]
    public void FindRule_OtherOrderOfRules_IsTheSameRule() =>
        Generators.Check(Rules.And(Gen.Choose(0, 26)), pair =>
        {
            var asked = Rule(pair.Second);
            var turned = Samples.Policy("p", [.. pair.First.Reverse()]);

            Assert.Equal(
                Samples.Policy("p", [.. pair.First]).FindRule(asked.RequestClass, asked.Tenant, asked.Model),
                turned.FindRule(asked.RequestClass, asked.Tenant, asked.Model));
        });

    [Fact]
    public void Resolve_TenantsRule_ServesItsRequestsAndNamesTheRule()
    {
        var policy = Samples.Policy(
            "default",
            Samples.Any(new Serving.BySpec(new UniformSpec(0.5))),
            new ClassRule("*", new Serving.Full()) { Tenant = "acme" });

        Assert.True(Resolve(policy, Samples.Request() with { Tenant = "acme" }) is { RuleClass: "*@acme", Plan.IsFull: true });
        Assert.True(Resolve(policy, Samples.Request() with { Tenant = "zeta" }) is { RuleClass: "*", Plan.IsFull: false });
    }

    [Fact]
    public void Resolve_NoRuleForTheTenant_NamesWhoHasNone()
    {
        var policy = Samples.Policy("default", new ClassRule("*", new Serving.Full()) { Tenant = "acme" });

        var fault = Assert.Single(Resolve(policy, Samples.Request() with { Tenant = "zeta" }).Faults);

        Assert.Equal((PlanFaultKind.NotFound, "class"), (fault.Kind, fault.Field));
        Assert.Contains("tenant 'zeta' on model 'small'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uniform:r=0", null, 1)]
    [InlineData("uniform:r=0", 7, 7)]
    [InlineData("uniform:r=0", 0, 0)]
    [InlineData("rates:{\"rates\":[1,0,0,0,0,0,0,0,0,0,0,0],\"floor\":2}", null, 2)]
    [InlineData("rates:{\"rates\":[1,0,0,0,0,0,0,0,0,0,0,0],\"floor\":2}", 5, 5)]
    [InlineData("rates:{\"rates\":[1,0,0,0,0,0,0,0,0,0,0,0],\"floor\":9}", 5, 9)]
    public void Resolve_FloorOfTheRule_StandsAboveThePolicysAndThatOfRates(string spec, int? floor, int least)
    {
        var rule = Samples.Any(new Serving.BySpec(ScheduleSpec.Parse(spec).Require())) with { Floor = floor };

        var plan = Resolve(Samples.Policy("default", rule), Samples.Request()).Plan!;

        Assert.Equal((least, least), (plan.Counts[^1], plan.Floor));
        Assert.Empty(plan.Validate());
    }

    [Fact]
    public void Resolve_BudgetOverride_TakesTheCurveOfTheTenantsRule()
    {
        var policy = Samples.Policy(
            "default",
            Samples.Any(new Serving.Full()),
            new ClassRule("*", new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.5), 0.4, 0.9, 2)) { Tenant = "acme" });
        var request = Samples.Request() with { Tenant = "acme", Override = new PlanOverride.BudgetValue(new(BudgetKind.MeanKeep, 0.3)) };

        Assert.Equal("sigmoid:k=0.4,A=0.9,mean=0.3,first=2", Resolve(policy, request).Plan!.Schedule);
    }

    private static ClassRule Rule(int number) => Rule(Classes[number % 3], Tenants[number / 3 % 3], Models[number / 9]);

    private static ClassRule Rule(string requestClass, string tenant, string model) =>
        new(requestClass, new Serving.Full()) { Tenant = tenant, Model = model };

    private static PlanResolution Resolve(Policy policy, PlanRequest request) =>
        new PlanResolver().Resolve(Samples.Snapshot(policy), Samples.SmallProfile, request);
}
