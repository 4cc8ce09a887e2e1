using System.Globalization;
using System.Text;
using Fovea.Faults.Scenarios;

namespace Fovea.Faults.Reports;

/// <summary>Writes results as a page of the documentation.</summary>
internal static class FaultReport
{
    private const string Begin = "<!-- results -->";

    private static readonly CompositeFormat Row =
        CompositeFormat.Parse("| `{0}` | {1} | {2} | {3} | {4} | {5} | {6} | {7} | {8} | {9} | {10} |");

    /// <summary>Returns the page with these results.</summary>
    public static string Write(IReadOnlyList<ScenarioResult> results, FaultArguments options)
    {
        var text = new StringBuilder();
        text.AppendLine(FaultPage.Head);
        text.AppendLine(Begin);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"`make faults`: {options.Runs} runs of each scenario (long ones: one), times stretched by {options.Scale}, seeds from {options.Seed}; {Machine()}.");
        text.AppendLine().AppendLine("| scenario | runs | requests | attempts | unanswered | answered in, p50 / p99 / max | made by executors | swaps | to the last observer, p50 / max | checks | violations |").AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var runs in results.GroupBy(result => result.Scenario.Name))
        {
            text.AppendLine(RowOf(runs.Key, [.. runs]));
        }

        text.AppendLine(RowOf("all", results));
        text.AppendLine().AppendLine("| guarantee | checks | violations |").AppendLine("|---|---|---|");
        foreach (var verdicts in results.SelectMany(result => result.Verdicts).GroupBy(verdict => verdict.Guarantee))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {verdicts.Key} | {verdicts.Sum(verdict => verdict.Checks):N0} | {verdicts.Sum(verdict => verdict.Violations.Length):N0} |");
        }

        text.AppendLine().AppendLine("| scenario | what is done |").AppendLine("|---|---|");
        foreach (var scenario in results.Select(result => result.Scenario).DistinctBy(scenario => scenario.Name))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| `{scenario.Name}` | {scenario.What} |");
        }

        AppendViolations(text, results);
        return text.ToString();
    }

    private static void AppendViolations(StringBuilder text, IReadOnlyList<ScenarioResult> results)
    {
        foreach (var result in results.Where(result => result.Violations.Count > 0))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"`{result.Scenario.Name}`, seed {result.Seed}:").AppendLine();
            foreach (var violation in result.Violations.Take(3))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {violation}");
            }
        }
    }

    private static string RowOf(string name, IReadOnlyList<ScenarioResult> runs) => string.Format(
        CultureInfo.InvariantCulture,
        Row,
        name,
        runs.Count,
        Sum(runs, run => run.Requests),
        Sum(runs, run => run.Attempts),
        Sum(runs, run => run.Unanswered),
        Latency([.. runs.SelectMany(run => run.Latencies).Order()]),
        Sum(runs, run => run.Stale),
        Sum(runs, run => run.Swaps),
        Lag([.. runs.SelectMany(run => run.Lags).Order()]),
        Sum(runs, run => run.Verdicts.Sum(verdict => verdict.Checks)),
        Sum(runs, run => run.Violations.Count));

    private static string Sum(IReadOnlyList<ScenarioResult> runs, Func<ScenarioResult, long> value) => runs.Sum(value).ToString("N0", CultureInfo.InvariantCulture);

    private static string Lag(IReadOnlyList<TimeSpan> lags) =>
        lags.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{lags[lags.Count / 2].TotalSeconds:0.00} s / {lags[^1].TotalSeconds:0.00} s");

    private static string Latency(IReadOnlyList<TimeSpan> latencies) => latencies.Count == 0
        ? "-"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{latencies[latencies.Count / 2].TotalSeconds:0.000} / {latencies[latencies.Count * 99 / 100].TotalSeconds:0.000} / {latencies[^1].TotalSeconds:0.00} s");

    private static string Machine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} CPU cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
}
