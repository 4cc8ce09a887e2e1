using System.Text.Json.Nodes;
using Fovea.Cli.Generation;

namespace Fovea.Cli.Demo;

/// <summary>Holds everything the demo measured.</summary>
/// <param name="Rows">Both answers to each question.</param>
/// <param name="Swap">The change of policy.</param>
internal sealed record DemoResult(IReadOnlyList<DemoRow> Rows, DemoSwap Swap)
{
    private const double Percent = 100;
    private const double Giga = 1e9;

    // The reference reaches 98.7 and 98.1 % on the whole set; a broken engine is far below this.
    private const double LeastAccuracy = 90;

    /// <summary>Gets the share of exact answers with everything kept, in percent.</summary>
    public double FullAccuracy => Percent * Rows.Count(row => row.IsFullRight) / Rows.Count;

    /// <summary>Gets the share of exact answers by the plan, in percent.</summary>
    public double PrunedAccuracy => Percent * Rows.Count(row => row.IsPrunedRight) / Rows.Count;

    /// <summary>Gets the mean language-model prefill with everything kept, in GFLOPs as executed.</summary>
    public double FullGflops => Rows.Average(row => row.Full.Done.PrefillFlops) / Giga;

    /// <summary>Gets the mean language-model prefill by the plan, in GFLOPs as executed.</summary>
    public double PrunedGflops => Rows.Average(row => row.Pruned.Done.PrefillFlops) / Giga;

    /// <summary>Returns what went wrong; empty when all went well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var row in Rows.Where(row => row.Pruned.Admitted.Stale || row.Pruned.Admitted.Fallback))
        {
            yield return $"'{row.Question.Question}' was not served by the scheduler's plan";
        }

        if (FullAccuracy < LeastAccuracy || PrunedAccuracy < LeastAccuracy)
        {
            yield return FormattableString.Invariant($"accuracy {FullAccuracy:F1} % full and {PrunedAccuracy:F1} % pruned; at least {LeastAccuracy} % is expected");
        }

        if (PrunedGflops >= FullGflops)
        {
            yield return FormattableString.Invariant($"the plan costs {PrunedGflops:F3} GFLOPs, no less than the full {FullGflops:F3}");
        }

        if (Swap.After.Done.PlanDigest == Swap.Before.Done.PlanDigest || Swap.After.Done.Revision < Swap.NewRevision)
        {
            yield return $"the request after the change was served by plan {Swap.After.Done.PlanDigest} of revision {Swap.After.Done.Revision}, want revision {Swap.NewRevision}";
        }

        if (Swap.Refusal != "ABORTED")
        {
            yield return $"a change from the replaced revision {Swap.OldRevision} ended with {Swap.Refusal}, want ABORTED";
        }
    }

    /// <summary>Returns everything as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["accuracy_full"] = FullAccuracy,
        ["accuracy_pruned"] = PrunedAccuracy,
        ["gflops_full"] = FullGflops,
        ["gflops_pruned"] = PrunedGflops,
        ["questions"] = new JsonArray([.. Rows.Select(RowJson)]),
        ["swap"] = new JsonObject
        {
            ["old_revision"] = Swap.OldRevision,
            ["new_revision"] = Swap.NewRevision,
            ["before"] = AnswerJson(Swap.Before),
            ["after"] = AnswerJson(Swap.After),
            ["refusal"] = Swap.Refusal,
        },
    };

    private static JsonNode RowJson(DemoRow row) => new JsonObject
    {
        ["question"] = row.Question.Question,
        ["expected"] = row.Question.Answer,
        ["full"] = AnswerJson(row.Full),
        ["pruned"] = AnswerJson(row.Pruned),
    };

    private static JsonObject AnswerJson(GenerationAnswer answer) => new()
    {
        ["text"] = answer.Text,
        ["counts"] = new JsonArray([.. answer.Done.AppliedCounts.Select(count => (JsonNode)count)]),
        ["gflops"] = answer.Done.PrefillFlops / Giga,
        ["prefill_ms"] = answer.Done.Times.PrefillSeconds * 1e3,
        ["plan_digest"] = answer.Done.PlanDigest,
        ["revision"] = answer.Done.Revision,
    };
}
