using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Calibration.Studies;

/// <summary>Compares how adjacent layers rank the vision tokens of a sample, nothing dropped.</summary>
internal sealed class RankingStudy
{
    private readonly SampleSteps _steps;
    private readonly TrialDesk _desk;

    /// <summary>Studies at a desk.</summary>
    public RankingStudy(SampleSteps steps, TrialDesk desk)
    {
        _steps = steps;
        _desk = desk;
    }

    /// <summary>Checks a request and returns its scorer.</summary>
    /// <exception cref="RequestRefusedException">Something is wrong; it carries every fault.</exception>
    public static TokenScorer Check(StudyRankingsRequest request, StoredSet set)
    {
        var faults = new RequestFaults();
        for (var place = 0; place < request.Samples.Count; place++)
        {
            if (request.Samples[place] < 0 || request.Samples[place] >= set.Questions.Length)
            {
                faults.Invalid($"samples[{place}]", $"{request.Samples[place]} is no question; the set has {set.Questions.Length}, counted from 0.");
            }
        }

        var scorer = request.Scorer switch
        {
            Scorer.Unspecified or Scorer.Instruction or Scorer.Coverage => TokenScorer.Instruction,
            Scorer.Last => TokenScorer.Last,
            Scorer.NextLast => TokenScorer.NextLast,
            Scorer.Raters => TokenScorer.Raters,
            _ => Unranked(request.Scorer, faults),
        };
        faults.ThrowIfAny();
        return scorer;
    }

    /// <summary>Studies one sample.</summary>
    public async Task<SampleRankings> StudyAsync(
        ServedModel model, StoredSet set, (int Index, TokenScorer Scorer) asked, CancellationToken cancellationToken)
    {
        var sample = await SampleReader.ReadAsync(set, asked.Index, model, cancellationToken).ConfigureAwait(false);
        var scores = await _steps.RunAsync(
            model, set, sample, (loaded, pixels, ends) => _desk.Study(loaded, sample, (asked.Scorer, pixels), ends), cancellationToken).ConfigureAwait(false);
        var rankings = new SampleRankings { Sample = asked.Index };
        rankings.MedianScore.AddRange(scores.Select(layer => RankCorrelation.Median(layer)));
        for (var layer = 0; layer + 1 < scores.Length; layer++)
        {
            rankings.Tau.Add(RankCorrelation.TauB(scores[layer], scores[layer + 1]));
        }

        return rankings;
    }

    private static TokenScorer Unranked(Scorer scorer, RequestFaults faults)
    {
        faults.Invalid("scorer", $"{(int)scorer} gives layers no scores; known are 1 (instruction), 2 (last), 3 (next-last) and 4 (raters).");
        return TokenScorer.Instruction;
    }
}
