using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Adds reports on disjoint questions up.</summary>
internal static class ReportSum
{
    /// <summary>Returns the report on all questions together, means weighted by questions; null when any report is missing.</summary>
    public static Report? Of(IEnumerable<Report?> reports)
    {
        var all = reports.ToArray();
        var questions = all.Sum(report => report?.Questions ?? 0);
        if (questions == 0 || all.Any(report => report is null))
        {
            return null;
        }

        var sum = new Report
        {
            Questions = questions,
            Lost = all.Sum(report => report!.Lost),
            Won = all.Sum(report => report!.Won),
            Accuracy = Mean(report => report.Accuracy),
            AccuracyFull = Mean(report => report.AccuracyFull),
            Gflops = Mean(report => report.Gflops),
            GflopsFull = Mean(report => report.GflopsFull),
            MeanKeep = Mean(report => report.MeanKeep),
        };
        foreach (var report in all)
        {
            sum.AccuracyByClass.Add(report!.AccuracyByClass);
            sum.AccuracyFullByClass.Add(report.AccuracyFullByClass);
        }

        return sum;

        double Mean(Func<Report, double> value) => all.Sum(report => value(report!) * report!.Questions) / questions;
    }
}
