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
}
