namespace Fovea.Statistics.Tests;

public sealed class IntervalTests
{
    // The first row is the worked example of Wilson's interval for 81 of 263 (R. Newcombe, 1998).
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_AreMet(int successes, int trials, double low, double high)
    {
        var interval = Wilson.Share(successes, trials, 0.95);

        Assert.Equal(low, interval.Low, 1e-4);
        Assert.Equal(high, interval.High, 1e-4);
    }

    [Fact]
    public void Score_NoDifference_IsMcNemars()
    {
        for (var lost = 0; lost < 20; lost++)
        {
            for (var won = 0; won < 20; won++)
            {
                var expected = lost + won == 0 ? 0 : (lost - won) / Math.Sqrt(lost + won);
                Assert.Equal(expected, PairedProportions.Score(lost, won, 100, 0), 1e-12);
            }
        }
    }

    // More answers lost, or fewer won, never speak for the schedule.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void Score_MoreLostOrFewerWon_NeverFalls(double difference)
    {
        const int Questions = 40;

        for (var lost = 0; lost < Questions; lost++)
        {
            for (var won = 0; lost + won < Questions; won++)
            {
                var here = PairedProportions.Score(lost, won, Questions, difference);
                Assert.True(PairedProportions.Score(lost + 1, won, Questions, difference) >= here - 1e-12);
                Assert.True(won == 0 || PairedProportions.Score(lost, won - 1, Questions, difference) >= here - 1e-12);
            }
        }
    }

    [Fact]
    public void ShareLost_NothingDiffers_IsBoundedByTheRuleOfSquares()
    {
        var z = Normal.Quantile(0.975);
        var interval = PairedProportions.ShareLost(0, 0, 500, 0.95);

        Assert.Equal(z * z / (500 + (z * z)), interval.High, 1e-9);
        Assert.Equal(-interval.High, interval.Low, 1e-12);
    }

    [Fact]
    public void ShareLost_Ends_AreWhereTheScoreIsTheQuantile()
    {
        var z = Normal.Quantile(0.975);
        var interval = PairedProportions.ShareLost(9, 2, 1200, 0.95);

        Assert.Equal(z, PairedProportions.Score(9, 2, 1200, interval.Low), 1e-6);
        Assert.Equal(-z, PairedProportions.Score(9, 2, 1200, interval.High), 1e-6);
        Assert.InRange(7 / 1200d, interval.Low, interval.High);
    }

    // Of many samples the interval must hold the truth about as often as it says.
    [Fact]
    public void ShareLost_SampledAnswers_CoversTheTruth()
    {
        const double Lost = 0.02;
        const double Won = 0.01;
        var random = new Random(5);
        var covered = 0;
        for (var run = 0; run < 2000; run++)
        {
            var (lost, won) = (0, 0);
            for (var i = 0; i < 400; i++)
            {
                var draw = random.NextDouble();
                lost += draw < Lost ? 1 : 0;
                won += draw is >= Lost and < Lost + Won ? 1 : 0;
            }

            var interval = PairedProportions.ShareLost(lost, won, 400, 0.9);
            covered += interval.Low <= Lost - Won && Lost - Won <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / 2000d, 0.88, 0.93);
    }
}
