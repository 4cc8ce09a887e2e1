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
                new ClassRule("f", new Serving.ByBudget(new Budget(BudgetKind.KvBytes, 1e8))),
            ],
        };

        Assert.Equal(policy, PolicyMapping.ToDomain(PolicyMapping.ToProto(policy)).Require());
    }
}
