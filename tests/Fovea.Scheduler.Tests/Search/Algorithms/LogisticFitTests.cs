using System.Globalization;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class LogisticFitTests
{
    // Searched schedule of LLaVA-1.5-7B as read from the published figure (arXiv 2412.00556, 1c); its depths are 1-based.
    private static readonly double[] Searched =
    [
        1, 1, .648, .641, .619, .619, .618, .502, .498, .498, .498, .488, .237, .237, .237, .234, .183, .183, .182, .078, .076,
        .074, .071, .071, .071, .061, .042, .042, .040, .034, .033,
    ];

    [Fact]
    public void Fit_SearchedSchedule_IsThePublishedCurve()
    {
        // Depth 3 of the figure is at place 2, so the published shift 12.16 is 11.16 here.
        var fit = LogisticFit.Fit(Searched, 2);

        Assert.Equal(0.761, fit.Amplitude, 0.02);
        Assert.Equal(0.221, fit.Slope, 0.02);
        Assert.Equal(12.16 - 1, fit.Shift, 0.2);
        var apart = Enumerable.Range(2, 29).Average(layer => Square(At(layer, fit.Slope, fit.Amplitude, fit.Shift) - At(layer, 0.221, 0.761, 11.16)));
        Assert.InRange(Math.Sqrt(apart), 0, 0.0025);
    }

    [Fact]
    public void Fit_RatesOfACurve_FindsIt()
    {
        var random = new Random(3);
        for (var run = 0; run < 200; run++)
        {
            var (slope, amplitude) = (0.05 + random.NextDouble(), 0.2 + random.NextDouble());
            var (layers, first) = (random.Next(16, 48), random.Next(1, 4));
            var shift = first + (layers * (0.2 + (0.5 * random.NextDouble())));
            double[] rates = [.. Enumerable.Range(0, layers).Select(layer => amplitude / (1 + Math.Exp(slope * (layer - shift))))];

            var fit = LogisticFit.Fit(rates, first);

            Assert.InRange(fit.Rmse, 0, 1e-6);
            Assert.Equal(slope, fit.Slope, 1e-3);
            Assert.Equal(amplitude, fit.Amplitude, 1e-3);
            Assert.Equal(shift, fit.Shift, 1e-2);
        }
    }

    [Theory]
    [InlineData("1 1 1 1 1 1")]
    [InlineData("1 0 0 0 0 0")]
    [InlineData("1 1 1 0 0 0")]
    [InlineData("1 .5 .5 .5 .5 .5")]
    public void Fit_RatesWithoutASlope_StaysFiniteAndNear(string rates)
    {
        var fit = LogisticFit.Fit([.. rates.Split(' ').Select(rate => double.Parse(rate, CultureInfo.InvariantCulture))], 1);

        Assert.True(double.IsFinite(fit.Shift) && fit.Slope > 0 && fit.Amplitude > 0, fit.ToString());
        Assert.InRange(fit.Rmse, 0, 0.02);
    }

    // No small step away from the answer is nearer to the rates.
    [Fact]
    public void Fit_AnyRates_IsALocalMinimum()
    {
        var random = new Random(8);
        for (var run = 0; run < 50; run++)
        {
            double[] rates = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble()).OrderDescending()];
            var fit = LogisticFit.Fit(rates, 2);

            foreach (var (slope, amplitude, shift) in ((double, double, double)[])[(1e-3, 0, 0), (-1e-3, 0, 0), (0, 1e-3, 0), (0, -1e-3, 0), (0, 0, 1e-2), (0, 0, -1e-2)])
            {
                var moved = Rmse(rates, fit.Slope + slope, fit.Amplitude + amplitude, fit.Shift + shift);
                Assert.True(moved >= fit.Rmse - 1e-9 || fit.Amplitude > 9.9, $"{fit} against {moved}");
            }
        }
    }

    private static double At(int layer, double slope, double amplitude, double shift) => amplitude / (1 + Math.Exp(slope * (layer - shift)));

    private static double Square(double value) => value * value;

    private static double Rmse(double[] rates, double slope, double amplitude, double shift) => Math.Sqrt(
        rates.Select((rate, layer) => rate - (amplitude / (1 + Math.Exp(slope * (layer - shift))))).Skip(2).Average(rest => rest * rest));
}
