using MathNet.Numerics.Providers.LinearAlgebra;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Predicts a function from values at some points of the unit cube: Matérn 5/2 kernel, one length per axis, noise.</summary>
/// <remarks>
/// Values are standardised. K = R + noise I is factored with a jitter that grows until it is positive definite; the signal's
/// variance has a closed form given K (<c>y' K^-1 y / n</c>). The managed provider is called by name, so no native one that the
/// environment may offer changes a bit.
/// </remarks>
internal sealed class GaussianProcess
{
    private const double LeastJitter = 1e-10;
    private const double LeastVariance = 1e-8;

    private readonly IReadOnlyList<double[]> _points;
    private readonly GaussianKernel _kernel;
    private readonly double[] _factor;
    private readonly double[] _weights;
    private readonly double[] _buffer;
    private readonly double _mean;
    private readonly double _scale;
    private readonly double _variance;

    /// <summary>Conditions the process on values at points; the kernel is kept as it is.</summary>
    /// <param name="kernel">Lengths and noise.</param>
    /// <param name="points">Points of the unit cube, at least one.</param>
    /// <param name="values">A value of each point.</param>
    public GaussianProcess(GaussianKernel kernel, IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(points.Count, nameof(points));
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, points.Count, nameof(values));
        (_kernel, _points) = (kernel, points);
        var count = points.Count;
        _mean = values.Sum() / count;
        var spread = Math.Sqrt(values.Sum(value => (value - _mean) * (value - _mean)) / count);
        _scale = spread > 0 ? spread : 1;

        _factor = Factor(kernel, points);
        double[] standard = [.. values.Select(value => (value - _mean) / _scale)];
        _weights = [.. standard];
        ManagedLinearAlgebraProvider.Instance.CholeskySolveFactored(_factor, count, _weights, 1);
        var fit = 0d;
        var logDeterminant = 0d;
        for (var i = 0; i < count; i++)
        {
            fit += standard[i] * _weights[i];
            logDeterminant += 2 * Math.Log(_factor[(i * count) + i]);
        }

        _variance = Math.Max(LeastVariance, fit / count);
        LogLikelihood = -((count * Math.Log(_variance)) + logDeterminant) / 2;
        _buffer = new double[count];
    }

    /// <summary>Gets the logarithm of the marginal likelihood of the standardised values, but for a constant.</summary>
    public double LogLikelihood { get; }

    /// <summary>Returns mean and standard deviation of the function at a point, without noise; one thread at a time.</summary>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> point)
    {
        var count = _points.Count;
        var mean = 0d;
        for (var i = 0; i < count; i++)
        {
            _buffer[i] = _kernel.Correlate(point, _points[i]);
            mean += _buffer[i] * _weights[i];
        }

        // v = L^-1 r by forward substitution; the variance explained is v' v.
        var explained = 0d;
        for (var column = 0; column < count; column++)
        {
            var value = _buffer[column] / _factor[(column * count) + column];
            explained += value * value;
            for (var row = column + 1; row < count; row++)
            {
                _buffer[row] -= _factor[(column * count) + row] * value;
            }
        }

        return (_mean + (_scale * mean), _scale * Math.Sqrt(_variance * Math.Max(0, 1 - explained)));
    }

    /// <summary>Returns the lower factor of R + noise I, column by column.</summary>
    private static double[] Factor(GaussianKernel kernel, IReadOnlyList<double[]> points)
    {
        var count = points.Count;
        var matrix = new double[count * count];
        for (var column = 0; column < count; column++)
        {
            for (var row = column + 1; row < count; row++)
            {
                var correlation = kernel.Correlate(points[row], points[column]);
                matrix[(column * count) + row] = correlation;
                matrix[(row * count) + column] = correlation;
            }
        }

        for (var jitter = LeastJitter; ; jitter *= 10)
        {
            double[] factor = [.. matrix];
            for (var i = 0; i < count; i++)
            {
                factor[(i * count) + i] = 1 + kernel.Noise + jitter;
            }

            try
            {
                ManagedLinearAlgebraProvider.Instance.CholeskyFactor(factor, count);
                return factor;
            }
            catch (ArgumentException) when (jitter < 1)
            {
                // Points this close need more jitter.
            }
        }
    }
}
