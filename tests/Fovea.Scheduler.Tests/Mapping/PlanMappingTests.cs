using Fovea.Contracts.Mapping;
using Fovea.Planning.Policies;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class PlanMappingTests
{
    [Fact]
    public void ToDomain_TamperedInAnyField_IsRefused()
    {
        var profile = ModelProfileMapping.ToDomain(TestModels.LlavaProfile()).Require();
        var descriptor = PlanClient.Descriptor();
        descriptor.Override = new Contracts.V1.PlanOverride { Spec = "fastv:K=2,R=0.5" };
        var plan = PlanMapping.ToProto("r1", new PlanDecider(new PlanResolver()).Decide(null, profile, descriptor));
        Assert.True(PlanMapping.ToDomain(plan).IsValid);

        Action<Contracts.V1.KeepPlan>[] tampers =
        [
            tampered => tampered.Counts[31] = 287,
            tampered => tampered.Counts[31] = 600,
            tampered => tampered.Counts.Clear(),
            tampered => tampered.Model = "other",
            tampered => tampered.ModelRevision = "other",
            tampered => tampered.Floor = 2,
            tampered => tampered.VisionTokens = 577,
            tampered => tampered.Scorer = Contracts.V1.Scorer.Last,
            tampered => tampered.Seed = 1,
            tampered => tampered.Pool = 2,
            tampered => tampered.Positions = Contracts.V1.PositionMode.Renumber,
            tampered => tampered.Provenance.Spec = "full",
            tampered => tampered.Digest = new string('0', 64),
        ];
        foreach (var tamper in tampers)
        {
            var tampered = plan.Clone();
            tamper(tampered);
            Assert.NotEmpty(PlanMapping.ToDomain(tampered).Faults);
        }
    }
}
