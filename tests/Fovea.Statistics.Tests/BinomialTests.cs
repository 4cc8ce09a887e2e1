using System.Numerics;

namespace Fovea.Statistics.Tests;

public sealed class BinomialTests
{
    [Fact]
    public void UpperTail_FairCoin_IsTheCountOfOutcomes()
    {
        for (var n = 0; n <= 60; n++)
        {
            for (var k = -1; k <= n + 1; k++)
            {
                var outcomes = BigInteger.Zero;
                for (var (i, ways) = (0, BigInteger.One); i <= n; ways = ways * (n - i) / (i + 1), i++)
                {
                    outcomes += i >= k ? ways : 0;
                }

                Assert.Equal((double)outcomes / Math.Pow(2, n), Binomial.UpperTail(k, n, 0.5), 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(0.02, 1200)]
    [InlineData(0.7, 800)]
    public void UpperTail_AnyProbability_IsTheReferences(double p, int n)
    {
        var reference = new MathNet.Numerics.Distributions.Binomial(p, n);

        for (var k = 1; k <= n; k += 7)
        {
            Assert.Equal(1 - reference.CumulativeDistribution(k - 1), Binomial.UpperTail(k, n, p), 1e-9);
            Assert.Equal(1, Binomial.UpperTail(k, n, p) + Binomial.LowerTail(k - 1, n, p), 1e-12);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(6, 1, 0.125)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(9, 2, 0.0654296875)]
    public void McNemar_SmallCounts_IsTheBinomialSum(int lost, int won, double expected) => Assert.Equal(expected, McNemar.Exact(lost, won), 1e-14);

    [Fact]
    public void Holm_TextbookValues_AreAdjustedInOrder()
    {
        var adjusted = Holm.Adjust([0.01, 0.04, 0.03, 0.005]);

        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Holm_LargeValues_StayAtMostOne() => Assert.All(Holm.Adjust([0.9, 0.7, 0.8]), value => Assert.Equal(1, value));
}
