using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Runs the trials of one search one after the other, answers recorded ones from the record, and keeps all.</summary>
internal sealed class TrialLedger
{
    private readonly ITrialEvaluator _evaluator;
    private readonly ISearchObserver _observer;
    private readonly RecordedTrials _recorded;
    private readonly List<TrialRecord> _trials = [];

    /// <summary>Opens the ledger of one search.</summary>
    public TrialLedger(ITrialEvaluator evaluator, ISearchObserver observer, RecordedTrials recorded)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentNullException.ThrowIfNull(recorded);
        (_evaluator, _observer, _recorded) = (evaluator, observer, recorded);
    }

    /// <summary>Gets the number of finished trials.</summary>
    public int Count => _trials.Count;

    /// <summary>Returns the finished trials, in order.</summary>
    public ImmutableArray<TrialRecord> ToImmutable() => [.. _trials];

    /// <summary>Runs one trial, or returns the recorded one.</summary>
    /// <param name="plan">The candidate.</param>
    /// <param name="state">State before the trial.</param>
    /// <param name="onFinished">Takes up the trial and returns the state after it.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public async Task<TrialRecord> RunAsync(
        TrialPlan plan, SearchState state, Func<TrialRecord, SearchState> onFinished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(onFinished);
        cancellationToken.ThrowIfCancellationRequested();
        var recorded = _recorded.Find(plan.Request);
        TrialRecord trial;
        if (recorded is null)
        {
            _observer.OnTrialStarting(plan.Request, state);
            trial = await ScoreAsync(plan, cancellationToken);
        }
        else
        {
            trial = recorded with { Index = Count };
        }

        _trials.Add(trial);
        await _observer.OnTrialFinishedAsync(trial, onFinished(trial), recorded is not null, cancellationToken);
        return trial;
    }

    private async Task<TrialRecord> ScoreAsync(TrialPlan plan, CancellationToken cancellationToken)
    {
        Func<TrialScores, bool>? isDecided = plan.MayEnd is { } mayEnd ? scores => mayEnd(plan.Decide(scores)) : null;
        var scores = await _evaluator.EvaluateAsync(plan.Request, isDecided, cancellationToken);
        var verdict = plan.Decide(scores);
        if (verdict == TrialVerdict.Undecided)
        {
            throw new InvalidOperationException($"the trial ended undecided with {scores.Scored} of {_evaluator.Samples} samples scored");
        }

        return new TrialRecord
        {
            Index = Count,
            Step = plan.Request.Step,
            Rates = plan.Request.Rates,
            Counts = plan.Counts,
            MeanLoss = scores.MeanLoss,
            Scored = scores.Scored,
            Raced = !scores.IsComplete,
            Passed = verdict == TrialVerdict.Pass,
            LayerForwards = scores.LayerForwards,
            Curve = plan.Curve,
        };
    }
}
