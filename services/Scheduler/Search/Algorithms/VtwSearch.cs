using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Finds the first layer from which all vision tokens can be withdrawn (arXiv 2405.05803).</summary>
/// <remarks>
/// The published search measures every layer and takes the smallest whose mean KL divergence from the full model meets the
/// threshold; going upwards and ending at the first one gives the same layer.
/// </remarks>
internal sealed class VtwSearch
{
    private readonly VtwSearchOptions _options;
    private readonly ITrialEvaluator _evaluator;
    private readonly ISearchObserver _observer;

    /// <summary>Makes a search; the losses of its evaluator are KL divergences in nats.</summary>
    public VtwSearch(VtwSearchOptions options, ITrialEvaluator evaluator, ISearchObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FirstLayer, 1, "first layer");
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threshold, "threshold");
        (_options, _evaluator, _observer) = (options, evaluator, observer);
    }

    /// <summary>Runs the search to its end.</summary>
    public async Task<VtwResult> RunAsync(RecordedTrials recorded, CancellationToken cancellationToken = default)
    {
        var judge = new TrialJudge(new(LossKind.Nats), [.. Enumerable.Repeat(0d, _evaluator.Samples)]);
        var ledger = new TrialLedger(_evaluator, _observer, recorded);
        for (var layer = _options.FirstLayer; layer < _options.Layers; layer++)
        {
            var plan = PlanOf(layer, judge);
            var trial = await ledger.RunAsync(plan, StateOf(layer, ledger), _ => StateOf(layer, ledger), cancellationToken);
            if (trial.Passed)
            {
                return new(layer, ledger.ToImmutable());
            }
        }

        return new(_options.Layers, ledger.ToImmutable());
    }

    private TrialPlan PlanOf(int layer, TrialJudge judge)
    {
        var rates = new double[_options.Layers];
        rates.AsSpan(0, layer).Fill(1);
        ImmutableArray<int> counts = [.. rates.Select(rate => rate == 1 ? _options.VisionTokens : 0)];
        Func<TrialVerdict, bool>? mayEnd = _options.UseRacing ? verdict => verdict != TrialVerdict.Undecided : null;
        return new(new(layer, KeepRates.Create(rates).Require(), layer), counts, scores => judge.Decide(scores, _options.Threshold), mayEnd);
    }

    private SearchState StateOf(int layer, TrialLedger ledger)
    {
        var steps = _options.Layers - _options.FirstLayer;
        return new(layer - _options.FirstLayer, steps, ledger.Count, steps, KeepRates.Full(_options.Layers), 0);
    }
}
