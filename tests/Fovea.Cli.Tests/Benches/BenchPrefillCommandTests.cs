using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Benches;

public sealed class BenchPrefillCommandTests
{
    [Fact]
    public async Task Prefill_DemoShape_TimesBothPlans()
    {
        var run = await CliRun.OfAsync(
            "bench", "prefill", "--shape", Checkout.Model, "--layers", "4", "--vision-tokens", "32", "--text-tokens", "12", "--schedule", "uniform:r=0.25,first=2", "--runs", "2", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal("[32,32,8,8]", run.Json["counts"]!.ToJsonString());
        Assert.Equal(2, run.Json["pruned"]!["wall_ms"]!.AsArray().Count);
        Assert.True((double)run.Json["flops_ratio"]! > 1);
        Assert.True((double)run.Json["full"]!["median_ms"]! > 0);
    }

    [Fact]
    public async Task Prefill_TooLittleText_IsUsage()
    {
        var run = await CliRun.OfAsync("bench", "prefill", "--shape", Checkout.Model, "--schedule", "full", "--text-tokens", "8");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("--text-tokens 8", run.Error, StringComparison.Ordinal);
    }
}
