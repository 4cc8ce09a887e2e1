using Fovea.Contracts.Mapping;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class PolicyMappingTests
{
    [Fact]
    public void ToDomain_OfToProto_IsTheSamePolicy()
    {
        var policy = new Policy
        {
            Name = "fast",
            Model = "llava-1.5-7b",
            Floor = 0,
            Scorer = TokenScorer.NextLast,
            Positions = PositionMode.Renumber,
            AllowOverrides = false,
            AllowedOverrides = [OverrideKind.Full, OverrideKind.Spec],
            Rules =
            [
                new ClassRule("*", new Serving.Full()),
                new ClassRule("a", new Serving.BySchedule(ScheduleId.Parse("s-0123456789abcdef"))),
                new ClassRule("b", new Serving.BySpec(ScheduleSpec.Parse("pdrop:layers=8/16,keep=0.5/0.25").Require())),
                new ClassRule("c", new Serving.ByBudget(new Budget(BudgetKind.MeanKeep, 0.3))),
                new ClassRule("d", new Serving.ByBudget(new Budget(BudgetKind.FlopsShare, 0.5), 0.3, 0.9, 5)),
                new ClassRule("e", new Serving.ByBudget(new Budget(BudgetKind.Tflops, 3))),
                new ClassRule("g", new Serving.ByBudget(new Budget(BudgetKind.Milliseconds, 40))),
                new ClassRule("h", new Serving.BySpec(ScheduleSpec.Parse("sparsevlm:layers=2/6/15,ms=40").Require())),
                new ClassRule("i", new Serving.Lossless()) { Tenant = "acme", Model = "llava-1.5-7b", Floor = 4 },
                new ClassRule("i", new Serving.Full()) { Tenant = "zeta", Floor = 0 },
                new ClassRule("f", new Serving.ByBudget(new Budget(BudgetKind.KvBytes, 1e8))),
            ],
        };

        Assert.Equal(policy, PolicyMapping.ToDomain(PolicyMapping.ToProto(policy)).Require());
    }

    [Fact]
    public void ToProto_NothingNew_WritesNoTenantModelOrFloor()
    {
        var policy = new Policy { Name = "p", Rules = [new ClassRule("*", new Serving.Full())] };

        var message = PolicyMapping.ToProto(policy);

        Assert.Equal((string.Empty, string.Empty, false, 0), (message.Rules[0].Tenant, message.Rules[0].Model, message.Rules[0].HasFloor, message.AllowedOverrides.Count));
        Assert.Equal(policy, PolicyMapping.ToDomain(message).Require());
    }

    [Fact]
    public void ToDomain_AnyWrittenOut_IsTheSameAsLeftAway()
    {
        var message = PolicyMapping.ToProto(new Policy { Name = "p", Rules = [new ClassRule("*", new Serving.Full())] });
        (message.Rules[0].Tenant, message.Rules[0].Model) = ("*", "*");

        Assert.Empty(PolicyMapping.ToProto(PolicyMapping.ToDomain(message).Require()).Rules[0].Tenant);
    }

    [Fact]
    public void ToDomain_FaultsInSeveralRules_AreAllNamed()
    {
        var message = PolicyMapping.ToProto(new Policy { Name = "p", Rules = [new ClassRule("*", new Serving.Full())] });
        message.Rules.Add(new Fovea.Contracts.V1.ClassRule { RequestClass = "a b", Tenant = "c d", Floor = -1 });
        message.Rules[0].Tenant = "e f";

        Assert.Equal(
            ["rules[1]", "rules[0].tenant", "rules[1].class", "rules[1].tenant", "rules[1].floor"],
            PolicyMapping.ToDomain(message).Faults.Select(fault => fault.Field));
    }
}
