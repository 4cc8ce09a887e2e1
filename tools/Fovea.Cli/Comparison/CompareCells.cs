using System.Collections.Immutable;
using System.Globalization;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Comparison;

/// <summary>Writes a comparison's rows as texts, for the terminal and for HTML alike.</summary>
internal static class CompareCells
{
    /// <summary>Gets the heads of the columns.</summary>
    public static ImmutableArray<string> Heads { get; } =
    [
        "method", "budget", "schedule", "scorer", "exact %", "95 %", "mean keep", "GFLOPs", "fewer", "lost / won", "P-Sigmoid / other only", "p", "p (Holm)", "P-Sigmoid is",
    ];

    /// <summary>Gets the places of the columns that a terminal has room for.</summary>
    public static ImmutableArray<int> Narrow { get; } = [0, 1, 4, 5, 6, 7, 8, 9, 10, 12, 13];

    /// <summary>Returns the cells of a row.</summary>
    public static ImmutableArray<string> Of(CompareRow row)
    {
        var trial = row.Candidate.Trials[0];
        var spread = row.BySeed.Length > 1 ? $" ({Number(row.BySeed.Min(), 2)}..{Number(row.BySeed.Max(), 2)})" : string.Empty;
        return
        [
            row.Candidate.Method == CompareMethod.Stored ? row.Candidate.Spec : row.Candidate.Method.Label,
            row.Candidate.Budget is { } budget ? budget.ToString("R", CultureInfo.InvariantCulture) : "own",
            row.Candidate.Spec,
            row.Candidate.Method == CompareMethod.Full ? string.Empty : Choice.WordOf(ContractWords.Scorers, trial.Scorer),
            $"{Number(row.Accuracy, 2)}{spread}",
            $"{Number(row.Low, 2)}..{Number(row.High, 2)}",
            Number(row.MeanKeep, 4),
            Number(row.Gflops, 3),
            $"{Number(row.FullGflops / row.Gflops, 2)}x",
            $"{row.Lost} / {row.Won}",
            row.Test is { } test ? $"{test.Better} / {test.Worse}" : string.Empty,
            row.Test is { } single ? Probability(single.P) : string.Empty,
            row.Test is { } corrected ? Probability(corrected.HolmP) : string.Empty,
            row.Test?.Verdict ?? string.Empty,
        ];
    }

    /// <summary>Returns what must be said beside the table, one line each.</summary>
    public static IEnumerable<string> Notes(CompareReport report)
    {
        yield return FormattableString.Invariant(
            $"{report.Rows[0].Questions} questions of set '{report.Set}', model {report.Subject.Model}; GFLOPs: mean LLM prefill as executed; 95 %: Wilson interval.");
        yield return FormattableString.Invariant(
            $"p: exact McNemar test of P-Sigmoid against the row at the same budget, corrected for {report.Tests} tests (Holm); a tie is p (Holm) >= {PairedTest.Level}.");
        if (report.Rows.Any(row => row.BySeed.Length > 1))
        {
            yield return FormattableString.Invariant(
                $"Rows of {report.Rows.Max(row => row.BySeed.Length)} seeds: exact % is the mean (and the range), lost / won and the test are of the best seed.");
        }

        if (report.Vtw is { } vtw && vtw.Layer < report.Subject.Shape.Layers)
        {
            yield return FormattableString.Invariant(
                $"VTW, KL search: layer {vtw.Layer} is the first whose mean divergence over {vtw.Samples} questions is at most {vtw.Threshold} nats.");
        }

        foreach (var line in report.Skipped)
        {
            yield return $"left out: {line}";
        }
    }

    private static string Number(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static string Probability(double p)
    {
        const double Least = 0.0001;
        return p < Least ? "<0.0001" : Number(p, 4);
    }
}
