using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Policies;

public sealed class PolicyTests
{
    private static readonly ClassRule Chat = new("chat", new Serving.Full());
    private static readonly ClassRule Any = Samples.Any(new Serving.BySpec(new VtwSpec(3)));

    [Fact]
    public void FindRule_OwnRule_BeatsAnyWhateverTheOrder()
    {
        Assert.Same(Chat, Samples.Policy("p", Chat, Any).FindRule("chat"));
        Assert.Same(Chat, Samples.Policy("p", Any, Chat).FindRule("chat"));
        Assert.Same(Any, Samples.Policy("p", Chat, Any).FindRule("ocr"));
        Assert.Null(Samples.Policy("p", Chat).FindRule("ocr"));
    }

    [Fact]
    public void Equals_SameRules_IsTrue()
    {
        var left = Samples.Policy("p", new ClassRule("a", new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.3))));
        var right = Samples.Policy("p", new ClassRule("a", new Serving.ByBudget(new(BudgetKind.MeanKeep, 0.3))));

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, right with { Floor = 0 });
        Assert.NotEqual(left, right with { Rules = [Chat] });
    }
}
