using System.Globalization;
using Fovea.Faults.Processes;
using Fovea.Faults.Scenarios;

namespace Fovea.Faults.Reports;

/// <summary>Runs many scenarios many times and writes the report.</summary>
internal static class FaultProgram
{
    private const string Usage = """
        Usage: Fovea.Faults [--scenario NAME]... [--long] [--runs N] [--scale X] [--seed N] [--report FILE] [--keep] [--list]

          --scenario NAME  only this one; may be given again (default: all)
          --long           the long ones, too, once each: 100,000 requests; Redis away for ten minutes
          --runs N         runs of each, with seeds of their own (default 2)
          --scale X        stretches the times of all scenarios (default 1)
          --seed N         seed of the first run (default 1)
          --report FILE    where the report goes (default: none)
          --keep           keeps logs and history of every run, not only of those with violations
          --list           names the scenarios and ends
        """;

    /// <summary>Runs; the exit code is 0 when there was no violation, 1 when there was one, 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (FaultArguments.Parse(arguments) is not { } options)
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var scenarios = AllScenarios.List.Where(options.Wants).ToList();
        if (options.IsList || scenarios.Count == 0)
        {
            await output.WriteLineAsync(string.Join('\n', AllScenarios.List.Select(scenario => $"{scenario.Name,-24} {scenario.What}")));
            return options.IsList ? 0 : 2;
        }

        var runner = new ScenarioRunner(Path.Combine(Repository.Root, "build", "faults"), options.Scale, options.KeepsAll);
        var results = new List<ScenarioResult>();
        foreach (var scenario in scenarios)
        {
            for (var run = 0; run < options.RunsOf(scenario); run++)
            {
                var result = await TryRunAsync(runner, scenario, options.Seed + run);
                results.Add(result);
                await output.WriteLineAsync(result.ToString());
                await ReportAsync(results, options);
                foreach (var violation in result.Violations.Take(5))
                {
                    await output.WriteLineAsync($"  {violation}");
                }
            }
        }

        var violations = results.Sum(result => result.Violations.Count);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{results.Count} runs, {violations} violations"));
        return violations == 0 ? 0 : 1;
    }

    /// <summary>Runs a scenario; what breaks it off is a violation, and the next one is run all the same.</summary>
    private static async Task<ScenarioResult> TryRunAsync(ScenarioRunner runner, Scenario scenario, int seed)
    {
        try
        {
            return await runner.RunAsync(scenario, seed);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new ScenarioResult(scenario, seed, []) { Error = exception.Message, HasRested = true, HasRecovered = true };
        }
    }

    /// <summary>Writes the report anew after each run, so that a long one that is stopped has told what it has seen.</summary>
    private static Task ReportAsync(IReadOnlyList<ScenarioResult> results, FaultArguments options) =>
        options.Report is { } file ? File.WriteAllTextAsync(file, FaultReport.Write(results, options)) : Task.CompletedTask;
}
