using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Fanout;
using Fovea.Scheduler.Search.Journal;
using DomainRates = Fovea.Planning.Schedules.KeepRates;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Has the fleet answer questions in full and by each found schedule.</summary>
internal sealed class ReportRun
{
    private readonly SearchTools _tools;
    private readonly SearchRecord _record;

    /// <summary>Makes the run of a search.</summary>
    public ReportRun(SearchTools tools, SearchRecord record)
    {
        (_tools, _record) = (tools, record);
    }

    /// <summary>Returns the report of each schedule on the searched questions.</summary>
    public Task<IReadOnlyList<Report>> OnCalibrationAsync(IReadOnlyList<DomainRates> found, CancellationToken cancellationToken) =>
        RunAsync(_record.Head.Spec.Set.Digest, _record.Questions.Samples, _record.Questions.Types, found, cancellationToken);

    /// <summary>Returns the report of each schedule on the held-out questions; none when there are no such questions.</summary>
    public async Task<IReadOnlyList<Report>> OnHeldOutAsync(IReadOnlyList<DomainRates> found, CancellationToken cancellationToken)
    {
        var questions = _record.Questions;
        return questions.HeldOut.IsEmpty
            ? []
            : await RunAsync(_record.Head.Spec.HeldOut.Digest, questions.HeldOut, questions.HeldOutTypes, found, cancellationToken);
    }

    private async Task<IReadOnlyList<Report>> RunAsync(
        string digest, ImmutableArray<int> samples, ImmutableArray<string> types, IReadOnlyList<DomainRates> found, CancellationToken cancellationToken)
    {
        var spec = _record.Head.Spec;
        var target = new EvaluationTarget(spec.Model, spec.ModelRevision, digest, Metric.Accuracy, IsPlain: false);
        await using var fleet = new FleetEvaluator(target, samples, _tools.Fanout);
        var full = await ScoreAsync(fleet, samples.Length, DomainRates.Full(found[0].Count), cancellationToken);
        var reports = new List<Report>();
        foreach (var rates in found)
        {
            reports.Add(ReportMaker.Make(types, full, await ScoreAsync(fleet, samples.Length, rates, cancellationToken)));
        }

        return reports;
    }

    private async Task<IReadOnlyList<SampleScore>> ScoreAsync(FleetEvaluator fleet, int samples, DomainRates rates, CancellationToken cancellationToken)
    {
        var candidate = Candidates.Of(_record.Head.Spec, rates, 0);
        var scores = await fleet.ScoreAsync(candidate, [.. Enumerable.Range(0, samples)], _ => false, cancellationToken);
        return [.. scores.Scores.Select(score => score!)];
    }
}
