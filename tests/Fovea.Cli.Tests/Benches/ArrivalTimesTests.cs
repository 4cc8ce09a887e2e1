using Fovea.Cli.Benches;

namespace Fovea.Cli.Tests.Benches;

public sealed class ArrivalTimesTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1000);

    [Fact]
    public void Of_Even_HasEqualGaps()
    {
        var times = ArrivalTimes.Of(4, TimeSpan.FromSeconds(1.1), seed: null).Select(time => time.TotalSeconds);

        Assert.Equal([0.25, 0.5, 0.75, 1], times);
    }

    [Fact]
    public void Of_SameSeed_IsTheSameTimes() => Assert.Equal(ArrivalTimes.Of(10, Long, 3), ArrivalTimes.Of(10, Long, 3));

    [Fact]
    public void Of_Random_HasTheRateAndTheSpreadOfAPoissonProcess()
    {
        var times = ArrivalTimes.Of(10, Long, 5).Select(time => time.TotalSeconds).ToArray();
        var gaps = times.Zip(times.Skip(1), (left, right) => right - left).ToArray();
        var mean = gaps.Average();

        Assert.InRange(times.Length, 9_500, 10_500);
        Assert.Equal(1, Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean, 0.05);
        Assert.True(times.SequenceEqual(times.Order()) && times[^1] < 1000);
    }

    [Fact]
    public void At_Percentiles_AreNumbersOfTheSample()
    {
        var percentiles = new Percentiles(Enumerable.Range(1, 100).Select(value => (double)value).Reverse());

        Assert.Equal((50, 99, 100, 1), (percentiles.At(0.5), percentiles.At(0.99), percentiles.At(1), percentiles.At(0)));
        Assert.Null(new Percentiles([]).ToJson());
    }
}
