using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class SobolSequenceTests
{
    // Of the first 2^m points each of 2^m equal intervals holds one, in every dimension and under every shift.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Next_PowerOfTwoPoints_FillEveryIntervalOnce(ulong seed)
    {
        for (var bits = 0; bits <= 10; bits++)
        {
            var points = Draw(8, seed, 1 << bits);
            for (var dimension = 0; dimension < 8; dimension++)
            {
                var cells = points.Select(point => (int)(point[dimension] * points.Length)).Order();
                Assert.Equal(Enumerable.Range(0, points.Length), cells);
            }
        }
    }

    // The first two dimensions are a net: every box of area 2^-m, whatever its sides, holds one of 2^m points.
    [Fact]
    public void Next_FirstTwoDimensions_AreANet()
    {
        const int Bits = 8;
        var points = Draw(2, 3, 1 << Bits);
        for (var wide = 0; wide <= Bits; wide++)
        {
            var boxes = points.Select(point => ((int)(point[0] * (1 << wide)), (int)(point[1] * (1 << (Bits - wide)))));
            Assert.Equal(points.Length, boxes.Distinct().Count());
        }
    }

    [Fact]
    public void Next_OtherSeed_GivesOtherPoints() => Assert.NotEqual(Draw(2, 1, 1)[0], Draw(2, 2, 1)[0]);

    [Fact]
    public void Next_SameSeed_GivesTheSameBits() => Assert.Equal(Draw(3, 9, 50), Draw(3, 9, 50));

    private static double[][] Draw(int dimensions, ulong seed, int count)
    {
        var sequence = new SobolSequence(dimensions, seed);
        return [.. Enumerable.Range(0, count).Select(_ => sequence.Next())];
    }
}
