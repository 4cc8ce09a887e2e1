using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Scheduler.Search.Algorithms;
using Fovea.Scheduler.Search.Journal;
using DomainRates = Fovea.Planning.Schedules.KeepRates;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Maps trials between the algorithms and the journal; what a search decides by survives both ways unchanged.</summary>
internal static class TrialMapping
{
    /// <summary>Returns the journal's form.</summary>
    public static SearchTrial ToProto(TrialRecord trial, Metric metric, TimeSpan duration)
    {
        var message = new SearchTrial
        {
            Index = trial.Index,
            Step = trial.Step,
            Metric = MetricScale.MetricOf(metric, trial.MeanLoss),
            SamplesScored = trial.Scored,
            Raced = trial.Raced,
            Passed = trial.Passed,
            LayerForwards = trial.LayerForwards,
            Seconds = duration.TotalSeconds,
            Slope = trial.Curve?.Slope ?? 0,
            Amplitude = trial.Curve?.Amplitude ?? 0,
            Shift = trial.Curve?.Shift ?? 0,
        };
        message.Rates.AddRange(trial.Rates);
        return message;
    }

    /// <summary>Returns the trials of a journal as the algorithms had them.</summary>
    public static RecordedTrials ToRecorded(SearchRecord record) => new(record.Trials.Select(tried => ToDomain(tried, record)));

    private static TrialRecord ToDomain(SearchEntry.Tried tried, SearchRecord record)
    {
        var (trial, spec) = (tried.Trial, record.Head.Spec);
        var rates = DomainRates.Create(trial.Rates.ToArray()).Require();
        var scores = new TrialScores(tried.Losses, trial.LayerForwards);
        return new TrialRecord
        {
            Index = trial.Index,
            Step = trial.Step,
            Rates = rates,
            Counts = KeepCounts.From(rates, record.Questions.VisionTokens, spec.Floor),
            MeanLoss = scores.MeanLoss,
            Scored = scores.Scored,
            Raced = trial.Raced,
            Passed = trial.Passed,
            LayerForwards = trial.LayerForwards,
            Curve = trial.Slope > 0 ? new SigmoidSpec(trial.Slope, trial.Amplitude, trial.Shift, spec.FirstLayer) : null,
        };
    }
}
