using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Budget = Fovea.Planning.Schedules.Budget;
using ClassRule = Fovea.Planning.Policies.ClassRule;
using OverloadLadder = Fovea.Planning.Policies.OverloadLadder;
using OverloadTier = Fovea.Planning.Policies.OverloadTier;
using Policy = Fovea.Planning.Policies.Policy;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class LadderMappingTests
{
    [Fact]
    public void ToDomain_OfToProto_IsTheSameLadder()
    {
        var policy = new Policy
        {
            Name = "default",
            Rules = [new ClassRule("*", new Serving.Full())],
            Ladder = new OverloadLadder
            {
                Tiers =
                [
                    new OverloadTier(4, 0.5, new Budget(BudgetKind.MeanKeep, 0.5)),
                    new OverloadTier(8, 0, new Budget(BudgetKind.KvBytes, 1e6)),
                    new OverloadTier(0, 0.9, new Budget(BudgetKind.MeanKeep, 0.3)),
                ],
                RecoverShare = 0.6,
                HoldMilliseconds = 1500,
            },
        };

        Assert.Equal(policy, PolicyMapping.ToDomain(PolicyMapping.ToProto(policy)).Require());
    }

    [Fact]
    public void ToDomain_DefaultsLeftOut_AreWrittenOutOnTheWayBack()
    {
        var message = Message(new Wire.OverloadTier { Waiting = 4, Budget = new Wire.Budget { MeanKeep = 0.5 } });

        var back = PolicyMapping.ToProto(PolicyMapping.ToDomain(message).Require());

        Assert.Equal((0.8, 5000), (back.Ladder.RecoverShare, back.Ladder.HoldMs));
    }

    [Fact]
    public void ToDomain_NoLadder_StaysWithout()
    {
        var message = Message();
        message.Ladder = null;

        Assert.Null(PolicyMapping.ToProto(PolicyMapping.ToDomain(message).Require()).Ladder);
    }

    [Fact]
    public void ToDomain_SeveralFaults_AreAllNamedByTheirFields()
    {
        var message = Message(
            new Wire.OverloadTier { Waiting = 4, Budget = new Wire.Budget { MeanKeep = 0.5 } },
            new Wire.OverloadTier { Waiting = 3 },
            new Wire.OverloadTier { Waiting = 9, Budget = new Wire.Budget { MeanKeep = 1.5 } });
        message.Ladder.RecoverShare = 1;

        var fields = PolicyMapping.ToDomain(message).Faults.Select(fault => fault.Field).Order(StringComparer.Ordinal);

        Assert.Equal(["ladder.recoverShare", "ladder.tiers[1].budget", "ladder.tiers[1].waiting", "ladder.tiers[2].budget.mean"], fields);
    }

    [Fact]
    public void Decide_TierInTheDescriptor_IsNamedInTheProvenance()
    {
        var policy = Message(new Wire.OverloadTier { Waiting = 4, Budget = new Wire.Budget { MeanKeep = 0.5 } });
        var snapshot = new Snapshot { Epoch = "e1", Revision = 1 };
        snapshot.Policies.Add(new StoredPolicy { Policy = policy, Revision = 1, Epoch = "e1" });
        var profile = new Planning.Policies.ModelProfile("llava-1.5-7b", "r1", Planning.Shapes.KnownShapes.Get("llava-1.5-7b"), 4096);
        var descriptor = new PlanDescriptor { RequestId = "q", TextTokens = 20, OverloadTier = 1 };
        descriptor.ImageTokens.Add(576);

        var resolution = new PlanDecider().Decide(SnapshotMapping.ToDomain(snapshot).Require(), profile, descriptor);
        var message = PlanMapping.ToProto("q", resolution);

        Assert.Equal(1, message.Provenance.OverloadTier);
        Assert.Equal(resolution.Plan, PlanMapping.ToDomain(message).Require());
        Assert.True(message.Counts.Sum() <= 0.5 * 576 * 32);
    }

    private static Wire.Policy Message(params Wire.OverloadTier[] tiers)
    {
        var policy = new Wire.Policy { Name = "default", Ladder = new Wire.OverloadLadder() };
        policy.Rules.Add(new Wire.ClassRule { RequestClass = "*", Full = true });
        policy.Ladder.Tiers.AddRange(tiers);
        return policy;
    }
}
