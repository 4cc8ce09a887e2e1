namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Chooses counts by one-dimensional Bayesian optimisation within the bracket.</summary>
/// <remarks>
/// Maximises J(x) = -x where x passes, else -(1 + penalty * excess loss), x as a share of the count known to pass. Open places
/// alone are looked at, so it never contradicts what monotonicity tells. Once the trials left are just enough for bisection, it
/// bisects: the bracket always closes, and the result is as exact as bisection's.
/// </remarks>
internal sealed class BoLayerSearch : ILayerSearch
{
    private const double Penalty = 10;
    private const int MostPlaces = 128;
    private const int LeastPoints = 3;

    private readonly int _trials;
    private readonly SobolSequence _sobol;
    private readonly List<double[]> _points = [];
    private readonly List<double> _values = [];
    private int _top;
    private int _tried;

    /// <summary>Makes a search of so many trials a layer, at most.</summary>
    public BoLayerSearch(int trials, ulong seed) => (_trials, _sobol) = (trials, new(1, seed));

    /// <inheritdoc/>
    public bool NeedsLossOfFailures => true;

    /// <inheritdoc/>
    public void Begin(CountBracket bracket)
    {
        ArgumentNullException.ThrowIfNull(bracket);
        _points.Clear();
        _values.Clear();
        (_top, _tried) = (bracket.High, 0);
        _points.Add([1]);
        _values.Add(-1);
    }

    /// <inheritdoc/>
    public int Next(CountBracket bracket)
    {
        ArgumentNullException.ThrowIfNull(bracket);
        if (_trials - _tried <= bracket.Bisections)
        {
            return bracket.Middle;
        }

        if (_points.Count < LeastPoints)
        {
            return bracket.Low + 1 + (int)(_sobol.Next()[0] * bracket.Open);
        }

        var (process, _) = GaussianFit.Fit(_points, _values);
        var best = _points.Max(point => process.Predict(point).Mean);
        var places = Math.Min(MostPlaces, bracket.Open);
        return Enumerable.Range(0, places)
            .Select(i => bracket.Low + 1 + (int)((long)bracket.Open * i / places))
            .MaxBy(place =>
            {
                var (mean, deviation) = process.Predict([Share(place)]);
                return ExpectedImprovement.Log(mean, deviation, best);
            });
    }

    /// <inheritdoc/>
    public void Tell(int place, bool passed, double excess)
    {
        _tried++;
        _points.Add([Share(place)]);
        _values.Add(passed ? -Share(place) : -(1 + Math.Min(1, Penalty * Math.Max(0, excess))));
    }

    private double Share(int place) => place / (double)_top;
}
