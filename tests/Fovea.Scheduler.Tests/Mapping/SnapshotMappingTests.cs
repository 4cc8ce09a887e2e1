using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class SnapshotMappingTests
{
    [Fact]
    public void ToDomain_FaultsEverywhere_NamesAllOfThem()
    {
        var snapshot = new Snapshot
        {
            Revision = -1,
            Policies =
            {
                new StoredPolicy { Policy = TestPolicies.Full("a", -1) },
                new StoredPolicy { Policy = TestPolicies.BySchedule("b", "s-0123456789abcdef") },
                new StoredPolicy { Policy = TestPolicies.Full("b") },
                new StoredPolicy(),
            },
            Schedules = { new Schedule { Spec = "magic" }, new Schedule { Rates = { 1, 2 } } },
        };

        var fields = SnapshotMapping.ToDomain(snapshot).Faults.Select(fault => fault.Field);

        string[] expected =
        [
            "epoch", "revision", "schedules[0].spec.spec", "schedules[1].rates[1]", "policies[0].policy.floor", "policies[2].policy.name",
            "policies[3].policy", "policies[1].policy.rules[0].scheduleId",
        ];
        Assert.Equal(expected, fields);
    }

    [Fact]
    public void ToDomain_FaultyTables_NamesAllOfThem()
    {
        var snapshot = new Snapshot
        {
            Epoch = "e1",
            BudgetTables = { TestTables.Budgets(), TestTables.Budgets(revision: "rev-2"), new BudgetTable { Model = "m", SearchId = "s", FirstDropLayer = 1 } },
            CostTables = { TestTables.Costs(), TestTables.Costs(), new CostTable { LayerTimes = { new LayerTime { Rows = 1, Seconds = 1 } } } },
        };

        string[] expected =
        [
            "budgetTables[1].model", "budgetTables[2].points", "costTables[1].model", "costTables[2].model", "costTables[2].layerTimes",
        ];
        Assert.Equal(expected, SnapshotMapping.ToDomain(snapshot).Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void ToDomain_TablesOfToProto_AreTheSame()
    {
        var budgets = BudgetTableMapping.ToDomain(TestTables.Budgets()).Require();
        var costs = CostTableMapping.ToDomain(TestTables.Costs()).Require();

        Assert.Equal(budgets, BudgetTableMapping.ToDomain(BudgetTableMapping.ToProto(budgets)).Require());
        Assert.Equal(costs, CostTableMapping.ToDomain(CostTableMapping.ToProto(costs)).Require());
    }

    [Fact]
    public void ToDomain_FaultyCanary_NamesAllOfItsFaults()
    {
        var snapshot = new Snapshot
        {
            Epoch = "e1",
            Policies =
            {
                new StoredPolicy
                {
                    Policy = TestPolicies.Full("a"),
                    Revision = -1,
                    Canary = new Canary { Policy = TestPolicies.Full("a", -1), Share = 1, Guard = new CanaryGuard { MinAgreement = 2 } },
                },
                new StoredPolicy
                {
                    Policy = TestPolicies.Full("b"),
                    Canary = new Canary { Policy = TestPolicies.BySchedule("c", "s-0123456789abcdef"), Share = 0.5, Revision = 1 },
                },
            },
        };

        string[] expected =
        [
            "policies[0].revision", "policies[0].canary.policy.floor", "policies[0].canary.share", "policies[0].canary.revision",
            "policies[0].canary.guard.minAgreement", "policies[1].canary.policy.name", "policies[1].canary.policy.rules[0].scheduleId",
        ];
        Assert.Equal(expected, SnapshotMapping.ToDomain(snapshot).Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void ToDomain_CanaryByAWrittenSchedule_ServesByItsSpec()
    {
        var schedule = ScheduleMapping.ToDomain(new Schedule { Model = "*", Spec = "uniform:r=0.5" }, []).Require();
        var snapshot = new Snapshot
        {
            Epoch = "e1",
            Revision = 3,
            Schedules = { schedule.ToProto() },
            Policies =
            {
                new StoredPolicy
                {
                    Policy = TestPolicies.Full("default"),
                    Revision = 3,
                    Canary = new Canary { Policy = TestPolicies.BySchedule("default", schedule.Id.Value), Share = 0.999999, Revision = 3 },
                },
            },
        };
        var profile = ModelProfileMapping.ToDomain(TestModels.LlavaProfile()).Require();

        var resolution = new PlanDecider().Decide(SnapshotMapping.ToDomain(snapshot).Require(), profile, PlanClient.Descriptor());

        Assert.True(resolution is { IsValid: true, IsCanary: true, PolicyRevision: 3 });
        Assert.Equal((schedule.Id, 288), (resolution.ScheduleId!.Value, resolution.Plan.Counts[^1]));
    }
}
