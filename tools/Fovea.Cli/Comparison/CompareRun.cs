using System.Collections.Immutable;
using Fovea.Cli.Evaluations;
using Fovea.Cli.Fleet;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Runs a comparison: candidates, one evaluation on all executors, statistics.</summary>
internal sealed class CompareRun
{
    private readonly ServiceSession _scheduler;
    private readonly ServedModel _model;
    private readonly TextWriter _notes;
    private readonly FleetEvaluator _evaluator;

    /// <summary>Makes a run over borrowed sessions.</summary>
    public CompareRun(ServiceSession scheduler, ServedModel model, TextWriter notes)
    {
        _scheduler = scheduler;
        _model = model;
        _notes = TextWriter.Synchronized(notes);
        _evaluator = new FleetEvaluator(model, _notes.WriteLine);
    }

    /// <summary>Returns the outcome.</summary>
    /// <param name="set">The questions.</param>
    /// <param name="samples">Indices of the questions that are asked.</param>
    /// <param name="request">What is compared.</param>
    /// <param name="vtw">What VTW's search looks at; null leaves it out.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<CompareReport> RunAsync(
        QuestionSet set, ImmutableArray<int> samples, CompareRequest request, VtwOptions? vtw, CancellationToken cancellationToken)
    {
        var subject = CompareSubject.Of(_model.Profile);
        var builder = new CandidateBuilder(_scheduler, subject, request);
        var candidates = (await builder.BuildAsync(cancellationToken)).ToList();
        var references = await SetUploader.EnsureAsync(_model.Executors, [set], _notes.WriteLine, cancellationToken);
        var choice = vtw is null ? null : await VtwKlSearch.RunAsync(_evaluator, references[0].Digest, subject, vtw, cancellationToken);
        if (choice is not null && choice.Layer < subject.Shape.Layers)
        {
            candidates.Add(new(CompareMethod.VtwSearched, null, $"vtw:K={choice.Layer}", [VtwKlSearch.Withdrawal(choice.Layer, subject.Shape.Layers)]));
        }

        var scores = await EvaluateAsync(references[0].Digest, samples, candidates, cancellationToken);
        return new CompareReport
        {
            Set = set.Name,
            SetDigest = references[0].Digest,
            Subject = subject,
            Request = request,
            Rows = CompareStatistics.Rows(candidates, scores),
            Skipped = [.. builder.Skipped, .. Missing(choice, subject)],
            Vtw = choice,
        };
    }

    private static IEnumerable<string> Missing(VtwChoice? choice, CompareSubject subject)
    {
        if (choice is not null && choice.Layer >= subject.Shape.Layers)
        {
            yield return FormattableString.Invariant(
                $"{CompareMethod.VtwSearched.Label}: no layer's mean divergence over {choice.Samples} questions is at most {choice.Threshold}");
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<IReadOnlyList<SampleScore>>>> EvaluateAsync(
        string digest, ImmutableArray<int> samples, List<CompareCandidate> candidates, CancellationToken cancellationToken)
    {
        var trials = candidates.SelectMany(candidate => candidate.Trials).ToArray();
        var order = CandidateOrder.Of(trials);
        ImmutableArray<Candidate> ordered = [.. order.Select(place => trials[place])];
        CandidateOrder.Share(ordered);
        var scores = await _evaluator.RunAsync(new EvaluationRequest(digest, samples, ordered, Metric.Accuracy), new PercentLines(_notes).Report, cancellationToken);
        var next = 0;
        return [.. candidates.Select(candidate => (IReadOnlyList<IReadOnlyList<SampleScore>>)
            [.. candidate.Trials.Select(_ => scores.Of(order.IndexOf(next++)))])];
    }
}
