using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

/// <summary>Work beside the sessions waits for pauses, but not for ever.</summary>
public sealed class AsideQueueTests
{
    [Fact]
    public void TakeTurn_SessionsBusy_ComesAfterSoManyOfTheirTurns()
    {
        var queue = Queue(interval: 3, steps: 2);

        var turns = Enumerable.Range(0, 8).Select(_ => queue.TakeTurn(idle: false) is not null);

        Assert.Equal([false, false, false, true, false, false, false, true], turns);
    }

    [Fact]
    public void TakeTurn_Idle_ComesAtOnceUntilNothingIsLeft()
    {
        var queue = Queue(interval: 3, steps: 2);

        var turns = Enumerable.Range(0, 3).Select(_ => queue.TakeTurn(idle: true) is not null).ToList();

        Assert.Equal([true, true, false], turns);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void Abort_WaitingSteps_AllEndWithTheError()
    {
        var ended = new List<Exception>();
        var queue = new AsideQueue(1);
        queue.Add(new AsideStep(() => { }, ended.Add));
        queue.Add(new AsideStep(() => { }, ended.Add));
        var error = new ObjectDisposedException("engine");

        queue.Abort(error);

        Assert.Equal([error, error], ended);
        Assert.True(queue.IsEmpty);
    }

    private static AsideQueue Queue(int interval, int steps)
    {
        var queue = new AsideQueue(interval);
        for (var step = 0; step < steps; step++)
        {
            queue.Add(new AsideStep(() => { }, _ => { }));
        }

        return queue;
    }
}
