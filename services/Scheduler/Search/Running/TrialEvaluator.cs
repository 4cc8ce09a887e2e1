using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Fanout;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Scores the candidates of a search's algorithm on the fleet.</summary>
internal sealed class TrialEvaluator : ITrialEvaluator
{
    private readonly FleetEvaluator _fleet;
    private readonly SearchSpec _spec;
    private readonly SampleOrder _order;
    private readonly TimeProvider _time;
    private readonly Action<int> _progress;

    /// <summary>Makes the evaluator of a search.</summary>
    /// <param name="fleet">The executors.</param>
    /// <param name="spec">The search.</param>
    /// <param name="order">Order of the questions; learns from each trial.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Is told how many questions of the running trial are scored.</param>
    public TrialEvaluator(FleetEvaluator fleet, SearchSpec spec, SampleOrder order, TimeProvider time, Action<int> progress)
    {
        (_fleet, _spec, _order, _time, _progress) = (fleet, spec, order, time, progress);
        Samples = order.Next().Count;
    }

    /// <inheritdoc/>
    public int Samples { get; }

    /// <summary>Gets the losses of the trial that ended last.</summary>
    public ImmutableArray<double> LastLosses { get; private set; } = [];

    /// <summary>Gets what the trial that ended last took.</summary>
    public TimeSpan LastDuration { get; private set; }

    /// <inheritdoc/>
    public async Task<TrialScores> EvaluateAsync(
        TrialRequest request, Func<TrialScores, bool>? isDecided, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var scores = await _fleet.ScoreAsync(
            Candidates.Of(_spec, request.Rates, request.SharedLayers),
            _order.Next(),
            soFar =>
            {
                var trial = ToTrial(soFar);
                _progress(trial.Scored);
                return isDecided?.Invoke(trial) ?? false;
            },
            cancellationToken);
        var result = ToTrial(scores);
        (LastLosses, LastDuration) = (result.Losses, _time.GetElapsedTime(start));
        _order.Learn(result.Losses);
        return result;
    }

    private TrialScores ToTrial(FleetScores scores) => new(
        [.. scores.Scores.Select(score => score is null ? double.NaN : MetricScale.LossOf(_spec.Metric, score))], scores.LayerForwards);
}
