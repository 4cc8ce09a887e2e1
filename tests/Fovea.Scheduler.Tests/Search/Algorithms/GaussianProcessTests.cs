using Fovea.Scheduler.Search.Algorithms;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.LinearAlgebra;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class GaussianProcessTests
{
    [Fact]
    public void Predict_AnyPoint_IsTheTextbookFormula()
    {
        var (points, values) = Sample(12);
        var kernel = new GaussianKernel([0.3, 0.7], 0.01);
        var process = new GaussianProcess(kernel, points, values);

        var covariance = Matrix<double>.Build.Dense(12, 12, (i, j) => kernel.Correlate(points[i], points[j]) + (i == j ? 0.01 : 0));
        var mean = values.Average();
        var centred = Vector<double>.Build.Dense([.. values.Select(value => value - mean)]);
        var variance = centred * covariance.Inverse() * centred / 12;
        foreach (var at in (double[][])[[0.1, 0.2], [0.5, 0.5], [0.93, 0.4]])
        {
            var cross = Vector<double>.Build.Dense([.. points.Select(point => kernel.Correlate(at, point))]);
            var (predicted, deviation) = process.Predict(at);

            Assert.Equal(mean + (cross * covariance.Inverse() * centred), predicted, 1e-9);
            Assert.Equal(Math.Sqrt(variance * (1 - (cross * covariance.Inverse() * cross))), deviation, 1e-7);
        }
    }

    [Fact]
    public void Predict_LittleNoise_PassesThroughTheValues()
    {
        var (points, values) = Sample(15);
        var process = new GaussianProcess(new([0.4, 0.4], 1e-6), points, values);

        for (var i = 0; i < values.Length; i++)
        {
            var (mean, deviation) = process.Predict(points[i]);
            Assert.Equal(values[i], mean, 1e-3);
            Assert.InRange(deviation, 0, 0.01);
        }
    }

    [Fact]
    public void Predict_EqualPointsAndValues_StaysFinite()
    {
        var process = new GaussianProcess(new([0.5], 1e-6), [[0.5], [0.5], [0.5]], [2, 2, 2]);

        Assert.Equal(2, process.Predict([0.1]).Mean, 1e-9);
        Assert.True(double.IsFinite(process.Predict([0.1]).Deviation));
    }

    [Fact]
    public void Fit_AxisWithoutEffect_GetsTheLongerLength()
    {
        var sobol = new SobolSequence(2, 1);
        var points = Enumerable.Range(0, 30).Select(_ => sobol.Next()).ToArray();
        var values = points.Select(point => Math.Sin(9 * point[0])).ToArray();

        var (_, kernel) = GaussianFit.Fit(points, values);

        Assert.True(kernel.Lengths[1] > 3 * kernel.Lengths[0], string.Join(' ', kernel.Lengths));
        Assert.True(kernel.Noise < 1e-3);
    }

    [Fact]
    public void Fit_NoisyLine_IsTheLine()
    {
        var random = new Random(2);
        var sobol = new SobolSequence(1, 1);
        var points = Enumerable.Range(0, 40).Select(_ => sobol.Next()).ToArray();

        var (process, _) = GaussianFit.Fit(points, [.. points.Select(point => point[0] + (0.1 * Normal.Sample(random, 0, 1)))]);

        Assert.All(Enumerable.Range(1, 9), tenth => Assert.Equal(tenth / 10d, process.Predict([tenth / 10d]).Mean, 0.15));
    }

    [Theory]
    [InlineData(0.3, 0.5, 0.1)]
    [InlineData(0, 1, 0)]
    [InlineData(-2, 0.4, 0)]
    [InlineData(5, 0.5, 1)]
    public void ExpectedImprovement_AnyMoments_IsTheIntegral(double mean, double deviation, double best)
    {
        var expected = GaussLegendreRule.Integrate(
            value => (value - best) * Normal.PDF(mean, deviation, value), best, Math.Max(best, mean) + (12 * deviation), 200);

        Assert.Equal(1, Math.Exp(ExpectedImprovement.Log(mean, deviation, best)) / expected, 1e-6);
    }

    // Far below the best the improvement is 0 in floating point, but its logarithm still grows with the mean and has no step.
    [Fact]
    public void ExpectedImprovement_FarOut_KeepsItsOrder()
    {
        var before = double.NegativeInfinity;
        for (var mean = -60d; mean < 3; mean += 0.01)
        {
            var value = ExpectedImprovement.Log(mean, 1, 0);
            Assert.True(value > before, $"at {mean}");
            Assert.True(before == double.NegativeInfinity || value - before < 0.7, $"a step at {mean}");
            before = value;
        }
    }

    private static (double[][] Points, double[] Values) Sample(int count)
    {
        var sobol = new SobolSequence(2, 4);
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => sobol.Next())];
        return (points, [.. points.Select(point => Math.Sin(4 * point[0]) + (point[1] * point[1]))]);
    }
}
