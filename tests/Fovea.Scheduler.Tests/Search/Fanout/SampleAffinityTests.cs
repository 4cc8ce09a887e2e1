using Fovea.Scheduler.Search.Fanout;

namespace Fovea.Scheduler.Tests.Search.Fanout;

public sealed class SampleAffinityTests
{
    [Fact]
    public void Share_SameFleet_ChangesNothing()
    {
        var affinity = Shared("a", "b");
        var before = Owners(affinity);

        affinity.Share(["b", "a"]);

        Assert.Equal(before, Owners(affinity));
    }

    [Fact]
    public void Share_Joiner_TakesItsShareAndNoOtherMoves()
    {
        var affinity = Shared("a", "b");
        var before = Owners(affinity);

        affinity.Share(["a", "b", "c"]);

        var after = Owners(affinity);
        Assert.Equal([4, 3, 3], after.CountBy(owner => owner!).OrderByDescending(item => item.Value).Select(item => item.Value));
        Assert.All(before.Zip(after), pair => Assert.True(pair.First == pair.Second || pair.Second == "c"));
    }

    [Fact]
    public void Share_Leaver_OnlyItsQuestionsMove()
    {
        var affinity = Shared("a", "b", "c");
        var before = Owners(affinity);

        affinity.Share(["a", "c"]);

        Assert.All(before.Zip(Owners(affinity)), pair => Assert.True(pair.First == pair.Second || pair.First == "b"));
    }

    private static SampleAffinity Shared(params string[] executors)
    {
        var affinity = new SampleAffinity(10);
        affinity.Share(executors);
        return affinity;
    }

    private static List<string?> Owners(SampleAffinity affinity) => [.. Enumerable.Range(0, 10).Select(affinity.OwnerOf)];
}
