using MathNet.Numerics.Providers.LinearAlgebra;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Fits a logistic curve to keep rates by least squares.</summary>
/// <remarks>
/// Given k and c the best A has a closed form. The best of a grid of (k, c) is the start of Levenberg and Marquardt's method,
/// whose steps are limited to the bounds of k and A.
/// </remarks>
internal static class LogisticFit
{
    private const double LeastSlope = 1e-3;
    private const double MostSlope = 20;
    private const double LeastAmplitude = 1e-3;
    private const double MostAmplitude = 10;
    private const int SlopeSteps = 32;
    private const int ShiftSteps = 96;
    private const int MostSteps = 500;

    /// <summary>Returns the curve nearest to the rates of the layers from <paramref name="first"/> on.</summary>
    /// <param name="rates">Keep rate of each layer.</param>
    /// <param name="first">First layer that counts, with two or more after it.</param>
    public static LogisticCurve Fit(IReadOnlyList<double> rates, int first)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, rates.Count - 3);
        double[] wanted = [.. rates.Skip(first)];
        var parameters = Start(wanted, first);
        var error = Error(parameters, wanted, first);
        var damping = 1e-3;
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            var next = Move(parameters, wanted, first, damping);
            var nextError = Error(next, wanted, first);
            if (nextError < error)
            {
                var gain = error - nextError;
                (parameters, error, damping) = (next, nextError, Math.Max(damping / 5, 1e-12));
                if (gain <= error * 1e-14)
                {
                    break;
                }
            }
            else
            {
                damping *= 4;
            }
        }

        return new(parameters[0], parameters[1], parameters[2], Math.Sqrt(error / wanted.Length));
    }

    private static double[] Start(double[] wanted, int first)
    {
        double[] best = [1, 1, first];
        var least = double.PositiveInfinity;
        for (var i = 0; i < SlopeSteps; i++)
        {
            var slope = 0.02 * Math.Pow(250, i / (SlopeSteps - 1d));
            for (var j = 0; j < ShiftSteps; j++)
            {
                var shift = first + (wanted.Length * ((3d * j / (ShiftSteps - 1)) - 1));
                double[] parameters = [slope, BestAmplitude(wanted, first, slope, shift), shift];
                var error = Error(parameters, wanted, first);
                if (error < least)
                {
                    (best, least) = (parameters, error);
                }
            }
        }

        return best;
    }

    private static double BestAmplitude(double[] wanted, int first, double slope, double shift)
    {
        var (product, square) = (0d, 0d);
        for (var i = 0; i < wanted.Length; i++)
        {
            var part = Part(first + i, slope, shift);
            product += part * wanted[i];
            square += part * part;
        }

        return Math.Clamp(square > 0 ? product / square : LeastAmplitude, LeastAmplitude, MostAmplitude);
    }

    /// <summary>Returns the parameters after one damped step of Gauss and Newton.</summary>
    private static double[] Move(double[] parameters, double[] wanted, int first, double damping)
    {
        var normal = new double[9];
        var step = new double[3];
        for (var i = 0; i < wanted.Length; i++)
        {
            var (layer, part) = (first + i, Part(first + i, parameters[0], parameters[2]));
            var steep = parameters[1] * part * (1 - part);
            ReadOnlySpan<double> gradient = [-steep * (layer - parameters[2]), part, steep * parameters[0]];
            var rest = wanted[i] - (parameters[1] * part);
            for (var row = 0; row < 3; row++)
            {
                step[row] += gradient[row] * rest;
                for (var column = 0; column < 3; column++)
                {
                    normal[(column * 3) + row] += gradient[row] * gradient[column];
                }
            }
        }

        for (var i = 0; i < 3; i++)
        {
            normal[(i * 3) + i] += (damping * normal[(i * 3) + i]) + 1e-15;
        }

        ManagedLinearAlgebraProvider.Instance.CholeskySolve(normal, 3, step, 1);
        return
        [
            Math.Clamp(parameters[0] + step[0], LeastSlope, MostSlope),
            Math.Clamp(parameters[1] + step[1], LeastAmplitude, MostAmplitude),
            parameters[2] + step[2],
        ];
    }

    private static double Error(double[] parameters, double[] wanted, int first)
    {
        var sum = 0d;
        for (var i = 0; i < wanted.Length; i++)
        {
            var rest = wanted[i] - (parameters[1] * Part(first + i, parameters[0], parameters[2]));
            sum += rest * rest;
        }

        return sum;
    }

    private static double Part(int layer, double slope, double shift) => 1 / (1 + Math.Exp(slope * (layer - shift)));
}
