using Fovea.Faults.Processes;
using Fovea.Faults.Scenarios;

namespace Fovea.Faults.Tests.Scenarios;

/// <summary>The most telling scenarios, once each; <c>make faults</c> runs all of them, longer and often.</summary>
public sealed class ShortRunTests
{
    private const int Seed = 1;

    [Theory]
    [InlineData("scheduler-kill")]
    [InlineData("executor-kill")]
    [InlineData("half-open")]
    [InlineData("redis-calm")]
    [InlineData("redis-empty")]
    [InlineData("hints-lost")]
    [InlineData("executor-refuses")]
    public async Task Scenario_UnderLoadAndSwaps_NoViolation(string name)
    {
        var runner = new ScenarioRunner(Path.Combine(Repository.Root, "build", "faults"), scale: 1);

        var result = await runner.RunAsync(AllScenarios.Of(name), Seed);

        Assert.True(result.Violations.Count == 0, $"{result}\n{string.Join('\n', result.Violations.Take(20))}");
    }
}
