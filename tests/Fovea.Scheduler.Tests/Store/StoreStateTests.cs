using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreStateTests
{
    [Fact]
    public void With_Policy_RaisesRevisionAndStampsIt()
    {
        var state = StoreState.Empty("e1").With(new StoreChange.PutPolicy(TestPolicies.Full("a"))).With(new StoreChange.PutPolicy(TestPolicies.Full("b")));

        Assert.Equal((2, 2), (state.Revision, state.Generation));
        Assert.Equal(1, state.Policies["a"].Revision);
        Assert.Equal(2, state.Policies["b"].Revision);
        Assert.Equal("e1", state.Policies["b"].Epoch);
    }

    [Fact]
    public void With_Model_RaisesGenerationOnly()
    {
        var state = StoreState.Empty("e1").With(new StoreChange.PutModel(TestModels.LlavaProfile()));

        Assert.Equal((0, 1), (state.Revision, state.Generation));
    }

    [Fact]
    public void With_MessageChangedLater_IsNotTouched()
    {
        var policy = TestPolicies.Full("a");
        var state = StoreState.Empty("e1").With(new StoreChange.PutPolicy(policy));

        policy.Floor = 99;

        Assert.Equal(1, state.Policies["a"].Policy.Floor);
    }

    [Fact]
    public void With_Deletes_RemoveAndRaiseRevision()
    {
        var state = Stores.Sample();
        var id = state.Schedules.Keys.Single();

        var after = state.With(new StoreChange.DeletePolicy("default")).With(new StoreChange.DeleteSchedule(id));

        Assert.Empty(after.Policies);
        Assert.Empty(after.Schedules);
        Assert.Equal(state.Revision + 2, after.Revision);
    }

    [Fact]
    public void With_Tables_RaisesRevisionStampsItAndReplacesByModel()
    {
        var state = StoreState.Empty("e1")
            .With(new StoreChange.PutBudgetTable(TestTables.Budgets()))
            .With(new StoreChange.PutCostTable(TestTables.Costs()))
            .With(new StoreChange.PutBudgetTable(TestTables.Budgets(revision: "rev-2")))
            .With(new StoreChange.PutBudgetTable(TestTables.Budgets("other")));

        Assert.Equal((4, 4), (state.Revision, state.Generation));
        Assert.Equal(["llava-1.5-7b", "other"], state.BudgetTables.Keys);
        Assert.Equal(("rev-2", 3), (state.BudgetTables[TestModels.Llava].ModelRevision, state.BudgetTables[TestModels.Llava].Revision));
        Assert.Equal(2, state.CostTables[TestModels.Llava].Revision);
    }
}
