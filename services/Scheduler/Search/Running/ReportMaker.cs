using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Compares a schedule's answers with the full model's.</summary>
internal static class ReportMaker
{
    private const double Percent = 100;
    private const double Giga = 1e9;

    /// <summary>Returns the comparison.</summary>
    /// <param name="types">Class of each question.</param>
    /// <param name="full">Scores of the full model, by question.</param>
    /// <param name="found">Scores of the schedule, by question.</param>
    public static Report Make(ImmutableArray<string> types, IReadOnlyList<SampleScore> full, IReadOnlyList<SampleScore> found)
    {
        var report = new Report
        {
            Questions = found.Count,
            AccuracyFull = Accuracy(full),
            Accuracy = Accuracy(found),
            Lost = full.Zip(found).Count(pair => pair.First.Correct && !pair.Second.Correct),
            Won = full.Zip(found).Count(pair => !pair.First.Correct && pair.Second.Correct),
            GflopsFull = found.Average(score => score.FullPrefillFlops) / Giga,
            Gflops = found.Average(score => score.PrefillFlops) / Giga,
            MeanKeep = found.Average(score => score.MeanKeep),
        };
        foreach (var places in Enumerable.Range(0, types.Length).GroupBy(place => types[place], StringComparer.Ordinal))
        {
            report.AccuracyFullByClass.Add(places.Key, Accuracy([.. places.Select(place => full[place])]));
            report.AccuracyByClass.Add(places.Key, Accuracy([.. places.Select(place => found[place])]));
        }

        return report;
    }

    private static double Accuracy(IReadOnlyCollection<SampleScore> scores) => Percent * scores.Count(score => score.Correct) / scores.Count;
}
