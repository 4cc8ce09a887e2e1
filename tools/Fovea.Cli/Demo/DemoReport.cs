using Fovea.Cli.Generation;
using Fovea.Cli.Shell;
using Spectre.Console;

namespace Fovea.Cli.Demo;

/// <summary>Writes the demo's result for people.</summary>
internal static class DemoReport
{
    private const int ShortDigest = 12;

    /// <summary>Writes the table, the means and the change of policy.</summary>
    public static void Write(DemoResult result, CliContext context)
    {
        context.WriteTable(Questions(result));
        context.Output.WriteLine(FormattableString.Invariant(
            $"exact answers   full {result.FullAccuracy:F1} %   pruned {result.PrunedAccuracy:F1} %   ({result.Rows.Count} questions)"));
        context.Output.WriteLine(FormattableString.Invariant(
            $"LLM prefill     full {result.FullGflops:F3} GFLOPs   pruned {result.PrunedGflops:F3} GFLOPs   {result.FullGflops / result.PrunedGflops:F2}x fewer"));
        context.Output.WriteLine();
        var swap = result.Swap;
        context.Output.WriteLine($"policy 'default' changed from revision {swap.OldRevision} to {swap.NewRevision} while requests ran (budget: mean keep 0.40)");
        WriteAnswer("before", swap.Before, context);
        WriteAnswer("after", swap.After, context);
        context.Output.WriteLine($"  a second change from revision {swap.OldRevision} was refused: {swap.Refusal}");
    }

    private static Table Questions(DemoResult result)
    {
        var table = new Table().AddColumn("question").AddColumn("full").AddColumn("pruned").AddColumn("vision tokens\nby thirds")
            .AddColumn("GFLOPs\nfull").AddColumn("GFLOPs\npruned").AddColumn("prefill ms\nfull").AddColumn("prefill ms\npruned")
            .AddColumn("plan").AddColumn("rev.");
        foreach (var row in result.Rows)
        {
            var (full, pruned) = (row.Full.Done, row.Pruned.Done);
            table.AddRow(
                Markup.Escape(row.Question.Question),
                Answer(row.Full.Text, row.IsFullRight),
                Answer(row.Pruned.Text, row.IsPrunedRight),
                Thirds(pruned.AppliedCounts),
                FormattableString.Invariant($"{full.PrefillFlops / 1e9:F3}"),
                FormattableString.Invariant($"{pruned.PrefillFlops / 1e9:F3}"),
                FormattableString.Invariant($"{full.Times.PrefillSeconds * 1e3:F1}"),
                FormattableString.Invariant($"{pruned.Times.PrefillSeconds * 1e3:F1}"),
                pruned.PlanDigest[..ShortDigest],
                $"{pruned.Revision}");
        }

        return table;
    }

    private static string Answer(string text, bool isRight) => Markup.Escape(isRight ? text : $"{text} (wrong)");

    private static string Thirds(IReadOnlyList<int> counts) =>
        string.Join(" / ", counts[0], counts[counts.Count / 3], counts[2 * counts.Count / 3]);

    private static void WriteAnswer(string when, GenerationAnswer answer, CliContext context) =>
        context.Output.WriteLine(FormattableString.Invariant(
            $"  {when,-6}  '{answer.Text}'  plan {answer.Done.PlanDigest[..ShortDigest]} of revision {answer.Done.Revision}, {answer.Done.PrefillFlops / 1e9:F3} GFLOPs, counts {string.Join(' ', answer.Done.AppliedCounts)}"));
}
