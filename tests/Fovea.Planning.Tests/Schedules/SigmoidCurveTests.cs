using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Schedules;

public sealed class SigmoidCurveTests
{
    private const double FitOfTheSearch = 0.0396;

    [Fact]
    public void Fill_PublishedFit_IsTheLeastSquaresFitOfTheSearchedSchedule()
    {
        var fitted = Distance(0.221, 0.761, 12.16);

        // Within reading accuracy of the figure (0.003), no neighbour of the three parameters fits better.
        Assert.InRange(fitted, 0, FitOfTheSearch);
        Assert.All(
            new[] { (0.201, 0.761, 12.16), (0.241, 0.761, 12.16), (0.221, 0.731, 12.16), (0.221, 0.791, 12.16), (0.221, 0.761, 11.7), (0.221, 0.761, 12.7) },
            near => Assert.True(Distance(near.Item1, near.Item2, near.Item3) > fitted, near.ToString()));
    }

    [Fact]
    public void Fill_AmplitudeOne_FitsTheSearchedScheduleWorse()
    {
        var best = Enumerable.Range(1, 60).SelectMany(k => Enumerable.Range(0, 100), (k, c) => Distance(k / 100.0, 1, c / 5.0)).Min();

        Assert.True(best > FitOfTheSearch + 0.003, best.ToString("R"));
    }

    [Fact]
    public void Fill_PublishedFit_HasTheMeanOfTheSearchedSchedule()
    {
        var rates = new double[32];
        SigmoidCurve.Fill(rates, 0.221, 0.761, 12.16, 3);

        Assert.Equal(SearchedCurve.Rates.Average(), rates.Average(), 0.005);
    }

    [Fact]
    public void Fill_HandComputed_Agrees()
    {
        var rates = new double[5];
        SigmoidCurve.Fill(rates, Math.Log(3), 0.8, 3, 2);

        // 0.8 / (1 + 3^(l-3))
        Assert.Equal([1, 1, 0.6, 0.4, 0.2], rates.Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void Fill_LargeAmplitude_IsLimitedToOne()
    {
        var rates = new double[12];
        SigmoidCurve.Fill(rates, 1, 5, 6, 1);

        Assert.Equal(1, rates[1]);
        Assert.Equal(rates.OrderDescending(), rates);
    }

    private static double Distance(double slope, double amplitude, double shift)
    {
        var rates = new double[32];
        SigmoidCurve.Fill(rates, slope, amplitude, shift, 3);
        return Math.Sqrt(rates.Zip(SearchedCurve.Rates).Skip(3).Average(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
    }
}
