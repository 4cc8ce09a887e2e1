using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Looks for the largest value of a function of one or a few bounded variables in few trials; used by one thread.</summary>
/// <remarks>
/// The first points are those given and then Sobol's; each later one has the greatest expected improvement under a Gaussian
/// process over all values told. The improvement is counted from the best mean of the process, so that a lucky noisy value does
/// not set the mark. Equal seeds and values give equal points.
/// </remarks>
internal sealed class BayesianOptimizer
{
    private const int CandidatesPerAxis = 192;
    private const int Refined = 4;
    private const double FirstStep = 1 / 16d;
    private const double LastStep = 1 / 4096d;
    private const double Nearest = 1e-5;

    private readonly ImmutableArray<SearchAxis> _axes;
    private readonly SobolSequence _sobol;
    private readonly Queue<double[]> _starts;
    private readonly List<double[]> _points = [];
    private readonly List<double> _values = [];
    private int _sobolLeft;
    private GaussianKernel? _kernel;

    /// <summary>Starts a search.</summary>
    /// <param name="axes">Bounds of each variable.</param>
    /// <param name="sobolPoints">Points that are tried before any is chosen by expected improvement.</param>
    /// <param name="seed">Seed of the Sobol points.</param>
    /// <param name="starts">Points tried first of all.</param>
    public BayesianOptimizer(ImmutableArray<SearchAxis> axes, int sobolPoints, ulong seed, params ReadOnlySpan<double[]> starts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sobolPoints);
        (_axes, _sobolLeft) = (axes, sobolPoints);
        _sobol = new(axes.Length, seed);
        _starts = new(starts.ToArray());
    }

    /// <summary>Returns the point to try next.</summary>
    public double[] Ask()
    {
        if (_starts.TryDequeue(out var start))
        {
            return FromUnit(ToUnit(start));
        }

        if (_sobolLeft > 0 || _points.Count < 2)
        {
            _sobolLeft--;
            return FromUnit(_sobol.Next());
        }

        (var process, _kernel) = GaussianFit.Fit(_points, _values, _kernel);
        var best = _points.Max(point => process.Predict(point).Mean);
        double Value(double[] point)
        {
            var (mean, deviation) = process.Predict(point);
            return IsNew(point) ? ExpectedImprovement.Log(mean, deviation, best) : double.NegativeInfinity;
        }

        return FromUnit(Candidates(process)
            .Select(point => (Point: point, Value: Value(point)))
            .OrderByDescending(candidate => candidate.Value)
            .Take(Refined)
            .Select(candidate => Refine(candidate.Point, candidate.Value, Value))
            .MaxBy(candidate => candidate.Value).Point);
    }

    /// <summary>Takes up the value at a point, which need not be one that was asked for.</summary>
    public void Tell(ReadOnlySpan<double> point, double value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(double.IsFinite(value), true, nameof(value));
        _points.Add(ToUnit(point));
        _values.Add(value);
    }

    /// <summary>Returns Sobol points of the whole box, and points around the best at all scales.</summary>
    private List<double[]> Candidates(GaussianProcess process)
    {
        var candidates = new List<double[]>();
        for (var i = 0; i < CandidatesPerAxis * _axes.Length; i++)
        {
            candidates.Add(_sobol.Next());
        }

        var centre = _points.MaxBy(point => process.Predict(point).Mean)!;
        for (var width = 0.25; width > LastStep; width /= 4)
        {
            for (var i = 0; i < CandidatesPerAxis / 16; i++)
            {
                candidates.Add([.. _sobol.Next().Select((at, axis) => Math.Clamp(centre[axis] + (width * (at - 0.5)), 0, 1))]);
            }
        }

        return candidates;
    }

    private static (double[] Point, double Value) Refine(double[] point, double value, Func<double[], double> valueOf)
    {
        for (var step = FirstStep; step >= LastStep;)
        {
            var improved = false;
            for (var move = 0; move < 2 * point.Length; move++)
            {
                double[] moved = [.. point];
                moved[move / 2] = Math.Clamp(moved[move / 2] + (move % 2 == 0 ? step : -step), 0, 1);
                var next = valueOf(moved);
                if (next > value)
                {
                    (point, value, improved) = (moved, next, true);
                }
            }

            step = improved ? step : step / 2;
        }

        return (point, value);
    }

    /// <summary>Returns whether no value is known this near.</summary>
    private bool IsNew(double[] point)
    {
        foreach (var known in _points)
        {
            var distance = 0d;
            for (var axis = 0; axis < point.Length; axis++)
            {
                distance = Math.Max(distance, Math.Abs(point[axis] - known[axis]));
            }

            if (distance < Nearest)
            {
                return false;
            }
        }

        return true;
    }

    private double[] FromUnit(double[] place) => [.. place.Select((at, axis) => _axes[axis].FromUnit(at))];

    private double[] ToUnit(ReadOnlySpan<double> point)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(point.Length, _axes.Length, nameof(point));
        var place = new double[point.Length];
        for (var axis = 0; axis < place.Length; axis++)
        {
            place[axis] = _axes[axis].ToUnit(point[axis]);
        }

        return place;
    }
}
