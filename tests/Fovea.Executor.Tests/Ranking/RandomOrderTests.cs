using Fovea.Executor.Ranking;

namespace Fovea.Executor.Tests.Ranking;

/// <summary>Lots are drawn alike everywhere, and fairly.</summary>
public sealed class RandomOrderTests
{
    [Fact]
    public void Pick_FixedSeed_IsTheRecordedDraw() =>
        Assert.Equal(Recorded, RandomOrder.Pick(7, 3, 16, 6));

    [Fact]
    public void Pick_OtherLayerOrSeed_IsAnotherDraw()
    {
        var picks = new[] { (7UL, 3), (7UL, 4), (8UL, 3) }.Select(seed => string.Join(' ', RandomOrder.Pick(seed.Item1, seed.Item2, 200, 50)));

        Assert.Equal(3, picks.Distinct().Count());
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(5, 5)]
    [InlineData(300, 120)]
    public void Pick_AnyCount_IsASortedSubset(int available, int count)
    {
        var picked = RandomOrder.Pick(1, 0, available, count);

        Assert.Equal(count, picked.Length);
        Assert.Equal(picked.Distinct().Order(), picked);
        Assert.All(picked, place => Assert.InRange(place, 0, available - 1));
    }

    [Fact]
    public void Pick_ManySeeds_EveryPlaceComesEquallyOften()
    {
        var hits = new int[8];
        for (var seed = 0UL; seed < 8000; seed++)
        {
            foreach (var place in RandomOrder.Pick(seed, 2, 8, 2))
            {
                hits[place]++;
            }
        }

        // 2,000 hits expected with a deviation of 39.
        Assert.All(hits, count => Assert.InRange(count, 1800, 2200));
    }

    // From a second implementation, in another language.
    private static readonly long[] Recorded = [4, 5, 9, 11, 14, 15];
}
