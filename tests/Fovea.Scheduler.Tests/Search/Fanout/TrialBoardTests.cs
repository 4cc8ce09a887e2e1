using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Fanout;

namespace Fovea.Scheduler.Tests.Search.Fanout;

public sealed class TrialBoardTests
{
    private readonly TrialBoard _board;

    public TrialBoardTests()
    {
        var affinity = new SampleAffinity(8);
        affinity.Share(["a", "b"]);
        _board = new TrialBoard(affinity, [7, 6, 5, 4, 3, 2, 1, 0], 3);
    }

    [Fact]
    public void Take_OwnWaits_GivesThemInOrder() => Assert.Equal([7, 6, 5], _board.Take(1, "b")!.Samples.ToArray());

    [Fact]
    public void Take_NoneOfItsOwn_TakesTheLastOfTheOther()
    {
        _board.Take(1, "b");
        _board.Take(2, "b");

        Assert.Equal([1, 0], _board.Take(3, "b")!.Samples.ToArray());
    }

    [Fact]
    public void Record_SameQuestionTwice_CountsOnce()
    {
        _board.Take(1, "b");

        Assert.True(_board.Record(1, 7, new SampleScore()));
        Assert.False(_board.Record(1, 7, new SampleScore()));
        Assert.Equal(1, _board.Scored);
    }

    [Fact]
    public void Lose_PartlyScored_GivesTheRestAgain()
    {
        _board.Take(1, "b");
        _board.Record(1, 7, new SampleScore());

        Assert.Equal(2, _board.Lose("b"));
        Assert.Equal([6, 5, 4], _board.Take(2, "b")!.Samples.ToArray());
        Assert.Equal(1, _board.MostLosses);
        Assert.False(_board.Record(1, 6, new SampleScore()));
    }

    [Fact]
    public void Finish_AnotherTrialsShard_IsNone() => Assert.Null(_board.Finish(99));
}
