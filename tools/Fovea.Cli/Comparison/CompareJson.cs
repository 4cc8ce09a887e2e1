using System.Text.Json.Nodes;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Comparison;

/// <summary>Writes a comparison in its documented JSON form.</summary>
internal static class CompareJson
{
    /// <summary>Returns the document.</summary>
    public static JsonObject Of(CompareReport report) => new()
    {
        ["set"] = report.Set,
        ["set_digest"] = report.SetDigest,
        ["model"] = report.Subject.Model,
        ["model_revision"] = report.Subject.Revision,
        ["questions"] = report.Rows[0].Questions,
        ["budgets"] = Numbers(report.Request.Budgets),
        ["first_layer"] = report.Request.FirstLayer,
        ["scorer"] = Choice.WordOf(ContractWords.Scorers, report.Request.Scorer),
        ["tests"] = report.Tests,
        ["rows"] = new JsonArray([.. report.Rows.Select(row => (JsonNode)Row(row))]),
        ["skipped"] = new JsonArray([.. report.Skipped.Select(line => (JsonNode)line)]),
        ["vtw_search"] = report.Vtw is { } vtw ? Search(vtw) : null,
    };

    private static JsonObject Row(CompareRow row)
    {
        var trial = row.Candidate.Trials[0];
        return new JsonObject
        {
            ["method"] = row.Candidate.Method.Key,
            ["budget"] = row.Candidate.Budget,
            ["spec"] = row.Candidate.Spec,
            ["scorer"] = Choice.WordOf(ContractWords.Scorers, trial.Scorer),
            ["positions"] = Choice.WordOf(ContractWords.PositionModes, trial.Positions),
            ["accuracy"] = row.Accuracy,
            ["low"] = row.Low,
            ["high"] = row.High,
            ["by_seed"] = Numbers(row.BySeed),
            ["mean_keep"] = row.MeanKeep,
            ["gflops"] = row.Gflops,
            ["gflops_full"] = row.FullGflops,
            ["lost"] = row.Lost,
            ["won"] = row.Won,
            ["test"] = row.Test is { } test ? Test(test) : null,
        };
    }

    private static JsonObject Test(PairedTest test) => new()
    {
        ["psigmoid_only"] = test.Better,
        ["other_only"] = test.Worse,
        ["p"] = test.P,
        ["p_holm"] = test.HolmP,
        ["psigmoid_is"] = test.Verdict,
    };

    private static JsonObject Search(VtwChoice vtw) => new()
    {
        ["layer"] = vtw.Layer,
        ["threshold"] = vtw.Threshold,
        ["samples"] = vtw.Samples,
        ["kl"] = new JsonObject(vtw.Divergences.Select(pair => KeyValuePair.Create(FormattableString.Invariant($"{pair.Key}"), (JsonNode?)pair.Value))),
    };

    private static JsonArray Numbers(IEnumerable<double> numbers) => [.. numbers.Select(number => (JsonNode)number)];
}
