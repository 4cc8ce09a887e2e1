namespace Fovea.Statistics.Tests;

public sealed class ChernoffTests
{
    // With every value 0 or 1 the ends have closed forms: exp(-n D) = doubt gives 1 - doubt^(1/n) and doubt^(1/n).
    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(20, 0.01)]
    [InlineData(1000, 0.001)]
    public void TrueMean_AllEqual_HasItsClosedForm(int count, double doubt)
    {
        var end = Math.Pow(doubt, 1.0 / count);

        Assert.Equal(1 - end, Chernoff.TrueMean(0, count, doubt).High, 1e-12);
        Assert.Equal(end, Chernoff.TrueMean(1, count, doubt).Low, 1e-12);
        Assert.Equal((0.0, 1.0), (Chernoff.TrueMean(0, count, doubt).Low, Chernoff.TrueMean(1, count, doubt).High));
    }

    [Fact]
    public void TrueMean_MoreValues_IsNarrowerAndHoldsTheMean()
    {
        var before = Chernoff.TrueMean(0.3, 0, 0.01);
        Assert.Equal(new Interval(0, 1), before);
        for (var count = 1; count < 100_000; count *= 3)
        {
            var interval = Chernoff.TrueMean(0.3, count, 0.01);

            Assert.InRange(0.3, interval.Low, interval.High);
            Assert.True(interval.Low >= before.Low && interval.High <= before.High, $"{interval} within {before}");
            before = interval;
        }

        Assert.InRange(before.High - before.Low, 0, 0.02);
    }

    // The bound is of the tail's logarithm: the exact tail of a count is never above it.
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void TrueMean_LowEnd_IsSurpassedMoreRarelyThanDoubted(double truth)
    {
        const int Count = 50;
        const double Doubt = 0.01;
        var wrong = Enumerable.Range(0, Count + 1).FirstOrDefault(hits => Chernoff.TrueMean(hits / (double)Count, Count, Doubt).Low > truth, Count + 1);

        Assert.InRange(Binomial.UpperTail(wrong, Count, truth), 0, Doubt);
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(10, 1)]
    [InlineData(100, 0.7)]
    public void SampleMean_OfAHalf_IsEverythingWhileValuesAreFew(int count, double most)
    {
        var interval = Chernoff.SampleMean(0.5, count, 0.001);

        Assert.Equal(1, interval.Low + interval.High, 1e-9);
        Assert.InRange(interval.High, 0.5, most);
        Assert.Equal(count < 10, interval.High == 1);
    }

    [Theory]
    [InlineData(-0.1, 5, 0.1)]
    [InlineData(1.1, 5, 0.1)]
    [InlineData(0.5, -1, 0.1)]
    [InlineData(0.5, 5, 0)]
    [InlineData(0.5, 5, 1)]
    public void TrueMean_OutOfRange_Throws(double mean, int count, double doubt) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Chernoff.TrueMean(mean, count, doubt));
}
