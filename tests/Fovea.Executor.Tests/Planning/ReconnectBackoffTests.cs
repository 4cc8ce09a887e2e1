using Fovea.Executor.Planning;

namespace Fovea.Executor.Tests.Planning;

public sealed class ReconnectBackoffTests
{
    private readonly PlanningOptions _options = new() { ReconnectMax = TimeSpan.FromSeconds(120) };

    [Fact]
    public void Next_FirstFailure_IsFast()
    {
        var backoff = new ReconnectBackoff(_options, new Random(1));

        var wait = backoff.Next(refused: false);

        Assert.InRange(wait.TotalSeconds, 0.16, 0.24);
    }

    [Fact]
    public void Next_ManyFailures_GrowsToTheCapWithJitter()
    {
        var backoff = new ReconnectBackoff(_options, new Random(1));

        var waits = Enumerable.Range(0, 400).Select(_ => backoff.Next(refused: false).TotalSeconds).ToList();

        Assert.InRange(waits[1], 0.8, 1.2);
        Assert.InRange(waits[2], 1.28, 1.92);
        Assert.All(waits, wait => Assert.InRange(wait, 0.16, 144));
        Assert.All(waits.Skip(20), wait => Assert.InRange(wait, 96, 144));
        Assert.True(waits.Skip(20).Distinct().Count() > 300);
    }

    [Fact]
    public void Next_AfterReset_IsFastAgain()
    {
        var backoff = new ReconnectBackoff(_options, new Random(1));
        _ = backoff.Next(refused: false);
        _ = backoff.Next(refused: false);

        backoff.Reset();

        Assert.InRange(backoff.Next(refused: false).TotalSeconds, 0.16, 0.24);
    }

    [Fact]
    public void Next_Refused_IsSlow()
    {
        var backoff = new ReconnectBackoff(_options, new Random(1));

        Assert.InRange(backoff.Next(refused: true).TotalSeconds, 96, 144);
    }
}
