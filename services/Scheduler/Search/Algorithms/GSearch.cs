using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Finds the fewest vision tokens of each layer that keep the metric (arXiv 2412.00556, Scenario I).</summary>
/// <remarks>
/// <code>
/// n_l = N for l below the first layer
/// for l = first layer .. L - 1                                  1. shallow to deep
///     open (floor - 1, n_(l-1)]: the upper end passes           2. it is the trial accepted before, nothing is scored
///     n_(l-1) - one step fails: n_l = n_(l-1), next layer       3. plateau test
///     until the bracket closes: try x in it                     4. bisection, or Bayesian optimisation
///         passes when (n_0 .. n_(l-1), x, x, ...) loses         5. racing ends a trial once its verdict is certain
///         no more than the layer's share of the tolerance
///     n_l = smallest x that passed
/// </code>
/// Where more tokens never lose more, n_l is the essential count of layer l whatever the shortcuts. Prefix reuse and racing
/// never change a verdict, so they change no result of any evaluator. The plateau test and the inner search choose which
/// counts are tried: where a count below one that fails would pass, they may end at different counts that pass.
/// </remarks>
internal sealed class GSearch
{
    private readonly GSearchOptions _options;
    private readonly ITrialEvaluator _evaluator;
    private readonly ISearchObserver _observer;

    /// <summary>Makes a search; it can be run any number of times.</summary>
    public GSearch(GSearchOptions options, ITrialEvaluator evaluator, ISearchObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Layers, 1, "layers");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FirstLayer, 1, "first layer");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BoTrials, 2, "trials");
        if (!double.IsFinite(options.Tolerance) || options.Tolerance < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "the tolerance must be finite and not negative");
        }

        (_options, _evaluator, _observer) = (options, evaluator, observer);
    }

    /// <summary>Runs the search to its end.</summary>
    /// <param name="fullLosses">Losses of the full model by sample.</param>
    /// <param name="recorded">Trials that an earlier run finished.</param>
    /// <param name="cancellationToken">Ends the search between or within trials.</param>
    public async Task<GSearchResult> RunAsync(
        ImmutableArray<double> fullLosses, RecordedTrials recorded, CancellationToken cancellationToken = default)
    {
        var judge = new TrialJudge(_options.Judge, fullLosses);
        var ledger = new TrialLedger(_evaluator, _observer, recorded);
        var run = new GSearchRun(_options, judge, ledger);
        for (var layer = _options.FirstLayer; layer < _options.Layers && !run.IsAtFloor; layer++)
        {
            await run.SearchLayerAsync(layer, cancellationToken);
        }

        return run.ToResult();
    }
}
