namespace Fovea.Statistics.Tests;

public sealed class KendallTests
{
    [Fact]
    public void TauB_RandomValuesWithTies_IsTheDefinition()
    {
        var random = new Random(1);
        for (var run = 0; run < 300; run++)
        {
            var length = random.Next(2, 40);
            var levels = random.Next(2, 30);
            var x = Enumerable.Range(0, length).Select(_ => (double)random.Next(levels)).ToArray();
            var y = Enumerable.Range(0, length).Select(_ => (double)random.Next(levels)).ToArray();

            Assert.Equal(Definition(x, y), Kendall.TauB(x, y), 1e-12);
        }
    }

    [Fact]
    public void TauB_SameOrder_IsOne() => Assert.Equal(1, Kendall.TauB([3, 1, 2], [30, 10, 20]));

    [Fact]
    public void TauB_ReversedOrder_IsMinusOne() => Assert.Equal(-1, Kendall.TauB([3, 1, 2], [-3, -1, -2]));

    [Fact]
    public void TauB_ConstantSide_IsNaN() => Assert.Equal(double.NaN, Kendall.TauB([1, 1, 1], [1, 2, 3]));

    [Fact]
    public void TauB_LengthsDiffer_Throws() => Assert.Throws<ArgumentException>(() => Kendall.TauB([1, 2], [1]));

    private static double Definition(double[] x, double[] y)
    {
        var (score, untiedX, untiedY) = (0, 0, 0);
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                score += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                untiedX += x[i] != x[j] ? 1 : 0;
                untiedY += y[i] != y[j] ? 1 : 0;
            }
        }

        return score / Math.Sqrt((double)untiedX * untiedY);
    }
}
