using Fovea.Contracts.Mapping;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class PlanRequestMappingTests
{
    public static TheoryData<PlanOverride?> Overrides => new()
    {
        null,
        new PlanOverride.Full(),
        new PlanOverride.PolicyName("fast"),
        new PlanOverride.ScheduleRef(ScheduleId.Parse("s-0123456789abcdef")),
        new PlanOverride.Rates(KeepRates.Create([1, 0.5, 0.25]).Require(), 0),
        new PlanOverride.Rates(KeepRates.Create([1, 0.5, 0.25]).Require()),
        new PlanOverride.BudgetValue(new Budget(BudgetKind.KvBytes, 1e9)),
        new PlanOverride.Spec(ScheduleSpec.Parse("vtw:K=16").Require()),
    };

    public static TheoryData<PlanModes?> Modes => new()
    {
        null,
        new PlanModes(TokenScorer.Random, null, ulong.MaxValue),
        new PlanModes(TokenScorer.NextLast, PositionMode.Renumber),
        new PlanModes(null, PositionMode.Keep),
        new PlanModes(TokenScorer.Raters),
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void ToDomain_OfModesAlone_IsTheSameRequest(PlanModes? modes)
    {
        var request = new PlanRequest { ImageTokens = [16], TextTokens = 9, Modes = modes };

        Assert.Equal(request, PlanRequestMapping.ToDomain(PlanRequestMapping.ToProto(request)).Require());
    }

    [Theory]
    [MemberData(nameof(Overrides))]
    public void ToDomain_OfToProto_IsTheSameRequest(PlanOverride? chosen)
    {
        var request = new PlanRequest
        {
            RequestId = "r1",
            ModelName = "m",
            ModelRevision = "rev",
            RequestClass = "count",
            Tenant = "t",
            ImageTokens = [576, 64],
            TextTokens = 9,
            Override = chosen,
        };

        Assert.Equal(request, PlanRequestMapping.ToDomain(PlanRequestMapping.ToProto(request)).Require());
    }
}
