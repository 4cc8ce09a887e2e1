using System.Collections.Immutable;
using Fovea.Cli.Charts;

namespace Fovea.Cli.Comparison;

/// <summary>Draws a comparison: accuracy against executed GFLOPs, with 95 % intervals.</summary>
internal static class CompareFigure
{
    /// <summary>Returns the drawing.</summary>
    public static Figure Of(CompareReport report)
    {
        var (full, others) = (report.Rows[0], report.Rows.Skip(1).ToArray());
        var series = others.GroupBy(Name).Select(group => new ChartSeries(
            group.Key,
            [.. group.OrderBy(row => row.Gflops).Select(row => new ChartPoint(row.Gflops, row.Accuracy, row.Low, row.High))],
            group.Count() > 1 ? ChartLine.Solid : ChartLine.None)).Append(Level(full, others)).ToImmutableArray();
        var panel = new ChartPanel(
            string.Empty, new ChartAxis("GFLOPs of the LLM's prefill, as executed (mean of a request)"), new ChartAxis("exact answers, %"), series);
        return new Figure(
            $"Accuracy against cost: {report.Subject.Model} on '{report.Set}'",
            FormattableString.Invariant($"{report.Rows[0].Questions} questions; bars are 95 % intervals (Wilson)"),
            [panel],
            1);
    }

    // Everything kept costs so much more that its point would squeeze all others: it is drawn as a level.
    private static ChartSeries Level(CompareRow full, CompareRow[] others)
    {
        var costs = others.Select(row => row.Gflops).DefaultIfEmpty(full.Gflops).ToArray();
        return new(
            FormattableString.Invariant($"full, {full.Gflops:F2} GFLOPs"),
            [new(costs.Min(), full.Accuracy), new(costs.Max(), full.Accuracy)],
            ChartLine.Dashed,
            HasMarkers: false);
    }

    private static string Name(CompareRow row) =>
        row.Candidate.Method == CompareMethod.Stored ? row.Candidate.Spec : row.Candidate.Method.Label;
}
