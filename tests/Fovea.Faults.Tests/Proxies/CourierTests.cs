using Fovea.Faults.Proxies;

namespace Fovea.Faults.Tests.Proxies;

public sealed class CourierTests
{
    [Fact]
    public void TimeOf_DelayWithJitter_StaysInBetweenAndVaries()
    {
        var courier = new Courier(7);
        var fault = new DirectionFault { Delay = TimeSpan.FromMilliseconds(200), Jitter = TimeSpan.FromMilliseconds(100) };

        var times = Enumerable.Range(0, 200).Select(_ => courier.TimeOf(fault, 100).TotalMilliseconds).ToList();

        Assert.All(times, time => Assert.InRange(time, 100, 300));
        Assert.True(times.Max() - times.Min() > 100);
    }

    [Fact]
    public void TimeOf_Loss_CostsRetransmissionsOfAboutThatShare()
    {
        var courier = new Courier(7);
        var fault = new DirectionFault { LossShare = 0.05 };

        var times = Enumerable.Range(0, 4000).Select(_ => courier.TimeOf(fault, 1000)).ToList();

        Assert.InRange(times.Count(time => time > TimeSpan.Zero), 150, 250);
        Assert.Contains(times, time => time == TimeSpan.FromMilliseconds(200));
        Assert.Contains(times, time => time == TimeSpan.FromMilliseconds(600));
    }

    [Fact]
    public void TimeOf_Throttle_IsBytesByRate() =>
        Assert.Equal(TimeSpan.FromSeconds(2), new Courier(7).TimeOf(new DirectionFault { BytesPerSecond = 500 }, 1000));

    [Fact]
    public void TimeOf_SameSeed_IsTheSame()
    {
        var (one, other) = (new Courier(3), new Courier(3));
        var fault = new DirectionFault { Jitter = TimeSpan.FromSeconds(1), LossShare = 0.3 };

        var pairs = Enumerable.Range(0, 100).Select(_ => (one.TimeOf(fault, 5000), other.TimeOf(fault, 5000)));

        Assert.All(pairs, pair => Assert.Equal(pair.Item1, pair.Item2));
    }
}
