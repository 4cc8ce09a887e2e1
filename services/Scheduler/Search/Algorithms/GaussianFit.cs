namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Finds the kernel under which the values are most likely, within bounds.</summary>
/// <remarks>
/// Starts from the corners of an even cover of the box of logarithms and the kernel found before, and improves the best two
/// coordinate by coordinate. Broad priors on lengths and noise keep
/// them sane while there are few points: a narrow peak seen once is no noise.
/// </remarks>
internal static class GaussianFit
{
    private const int Starts = 16;
    private const double FirstStep = 1;
    private const double LastStep = 0.1;
    private const double PriorLength = 0.4;
    private const double LengthWidth = 1.2;
    private const double PriorNoise = 1e-4;
    private const double NoiseWidth = 3;

    private static readonly (double Low, double High) LengthBounds = (Math.Log(0.03), Math.Log(5));
    private static readonly (double Low, double High) NoiseBounds = (Math.Log(1e-6), Math.Log(2));

    /// <summary>Returns the process under the most likely kernel.</summary>
    /// <param name="points">Points of the unit cube, at least one.</param>
    /// <param name="values">A value of each point.</param>
    /// <param name="before">A kernel found for fewer points, or null.</param>
    public static (GaussianProcess Process, GaussianKernel Kernel) Fit(
        IReadOnlyList<double[]> points, IReadOnlyList<double> values, GaussianKernel? before = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        var axes = points[0].Length;
        var sobol = new SobolSequence(axes + 1, 0);
        var starts = Enumerable.Range(0, Starts).Select(_ => ToBox(sobol.Next())).ToList();
        if (before is not null)
        {
            starts.Add([.. before.Lengths.Select(length => Math.Log(length)), Math.Log(before.Noise)]);
        }

        var best = starts
            .Select(start => (Logs: start, Score: Score(start, points, values)))
            .OrderByDescending(start => start.Score)
            .Take(2)
            .Select(start => Improve(start.Logs, start.Score, points, values))
            .MaxBy(start => start.Score);
        var kernel = ToKernel(best.Logs);
        return (new(kernel, points, values), kernel);
    }

    private static (double[] Logs, double Score) Improve(double[] logs, double score, IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        for (var step = FirstStep; step >= LastStep; step /= 2)
        {
            for (var coordinate = 0; coordinate < logs.Length; coordinate++)
            {
                foreach (var move in (ReadOnlySpan<double>)[step, -step])
                {
                    double[] moved = [.. logs];
                    var (low, high) = coordinate == logs.Length - 1 ? NoiseBounds : LengthBounds;
                    moved[coordinate] = Math.Clamp(moved[coordinate] + move, low, high);
                    var next = moved[coordinate] == logs[coordinate] ? double.NegativeInfinity : Score(moved, points, values);
                    if (next > score)
                    {
                        (logs, score) = (moved, next);
                        break;
                    }
                }
            }
        }

        return (logs, score);
    }

    private static double Score(double[] logs, IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        var prior = logs[..^1].Sum(log => HalfSquare((log - Math.Log(PriorLength)) / LengthWidth))
            + HalfSquare((logs[^1] - Math.Log(PriorNoise)) / NoiseWidth);
        return new GaussianProcess(ToKernel(logs), points, values).LogLikelihood - prior;
    }

    private static double HalfSquare(double value) => value * value / 2;

    private static double[] ToBox(double[] unit)
    {
        double[] logs = [.. unit.Select(at => LengthBounds.Low + (at * (LengthBounds.High - LengthBounds.Low)))];
        logs[^1] = NoiseBounds.Low + (unit[^1] * (NoiseBounds.High - NoiseBounds.Low));
        return logs;
    }

    private static GaussianKernel ToKernel(double[] logs) => new([.. logs[..^1].Select(log => Math.Exp(log))], Math.Exp(logs[^1]));
}
