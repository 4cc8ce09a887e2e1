using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Statistics;

namespace Fovea.Cli.Comparison;

/// <summary>Turns scores into rows: accuracies with intervals, losses against the full model, and paired tests.</summary>
internal static class CompareStatistics
{
    private const double Percent = 100;
    private const double Giga = 1e9;
    private const double Confidence = 0.95;

    /// <summary>Returns a row for each candidate, in order.</summary>
    /// <param name="candidates">The candidates, the full one first.</param>
    /// <param name="scores">For each candidate and each of its trials the scores of all samples, in one order.</param>
    public static ImmutableArray<CompareRow> Rows(
        IReadOnlyList<CompareCandidate> candidates, IReadOnlyList<IReadOnlyList<IReadOnlyList<SampleScore>>> scores)
    {
        var best = scores.Select(trials => Right(trials.MaxBy(trial => trial.Count(score => score.Correct))!)).ToArray();
        var rows = candidates.Select((candidate, index) => Row(candidate, scores[index], best[index], best[0])).ToArray();
        var tests = new (int Row, int Better, int Worse, double P)[candidates.Count];
        var count = 0;
        for (var index = 0; index < candidates.Count; index++)
        {
            if (Reference(candidates, index) is { } reference)
            {
                var (better, worse) = Count(best[reference], best[index]);
                tests[count++] = (index, better, worse, McNemar.Exact(worse, better));
            }
        }

        var corrected = Holm.Adjust([.. tests.Take(count).Select(test => test.P)]);
        for (var index = 0; index < count; index++)
        {
            var (row, better, worse, p) = tests[index];
            rows[row] = rows[row] with { Test = new PairedTest(better, worse, p, corrected[index]) };
        }

        return [.. rows];
    }

    // P-Sigmoid at the candidate's budget, unless it is the candidate itself.
    private static int? Reference(IReadOnlyList<CompareCandidate> candidates, int index)
    {
        if (candidates[index].Budget is not { } budget || candidates[index].Method == CompareMethod.PSigmoid)
        {
            return null;
        }

        for (var other = 0; other < candidates.Count; other++)
        {
            if (candidates[other].Method == CompareMethod.PSigmoid && candidates[other].Budget == budget)
            {
                return other;
            }
        }

        return null;
    }

    private static CompareRow Row(CompareCandidate candidate, IReadOnlyList<IReadOnlyList<SampleScore>> trials, bool[] best, bool[] full)
    {
        var questions = trials[0].Count;
        var bySeed = trials.Select(trial => Percent * trial.Count(score => score.Correct) / questions).ToImmutableArray();
        var mean = bySeed.Average();
        var interval = Wilson.Share((int)Math.Round(mean / Percent * questions), questions, Confidence);
        var (won, lost) = Count(best, full);
        var all = trials.SelectMany(trial => trial).ToArray();
        return new CompareRow
        {
            Candidate = candidate,
            Questions = questions,
            Accuracy = mean,
            Low = Percent * interval.Low,
            High = Percent * interval.High,
            BySeed = bySeed,
            MeanKeep = all.Average(score => score.MeanKeep),
            Gflops = all.Average(score => score.PrefillFlops) / Giga,
            FullGflops = all.Average(score => score.FullPrefillFlops) / Giga,
            Lost = lost,
            Won = won,
        };
    }

    private static bool[] Right(IReadOnlyList<SampleScore> trial) => [.. trial.Select(score => score.Correct)];

    // Questions that only the first has right, and those that only the second has.
    private static (int First, int Second) Count(bool[] first, bool[] second) => (
        first.Where((right, index) => right && !second[index]).Count(),
        second.Where((right, index) => right && !first[index]).Count());
}
