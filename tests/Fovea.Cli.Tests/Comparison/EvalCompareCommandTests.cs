using System.Xml.Linq;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;
using Fovea.Torch.Images;

namespace Fovea.Cli.Tests.Comparison;

public sealed class EvalCompareCommandTests
{
    private const int Questions = 40;

    [Fact]
    public async Task Compare_Json_HasARowForEachMethodAndBudget()
    {
        using var folder = new TempFolder();
        await using var executor = await TestServer.StartAsync(new CalibrationDouble(Score));
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(executor.Address), new PlanDouble());

        var run = await RunAsync(scheduler, folder, "--budgets", "0.28,0.40", "--random-seeds", "3", "--same-scorer", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        var rows = run.Json["rows"]!.AsArray();
        string[] each = ["psigmoid", "flat", "random", "fastv", "pdrop", "vtw", "sparsevlm", "fastv-same-scorer", "pdrop-same-scorer"];
        Assert.Equal(["full", .. each, .. each, "pool", "vtw-searched"], rows.Select(row => (string?)row!["method"]));
        Assert.Empty(run.Json["skipped"]!.AsArray());
        Assert.Equal(3, rows[3]!["by_seed"]!.AsArray().Count);
        Assert.Equal(16, (int)run.Json["tests"]!);
        Assert.Equal(Questions, (int)run.Json["questions"]!);
        Assert.All(rows.Skip(1).Take(9), row => Assert.InRange((double)row!["mean_keep"]!, 0.2, 0.28));
        Assert.Equal(8, (int)run.Json["vtw_search"]!["layer"]!);
    }

    [Fact]
    public async Task Compare_Out_WritesDrawingsAndOneSelfContainedPage()
    {
        using var folder = new TempFolder();
        await using var executor = await TestServer.StartAsync(new CalibrationDouble(Score));
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(executor.Address), new PlanDouble());

        var run = await RunAsync(scheduler, folder, "--budgets", "0.3", "--random-seeds", "2", "--vtw-samples", "0", "--out", folder.At("out"));

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains("P-Sigmoid", run.Output, StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Load(folder.At("out/compare.svg")).Root!.Name.LocalName);
        Assert.True(ImageCodec.Decode(await File.ReadAllBytesAsync(folder.At("out/compare.png")), ImageLimits.Default).Width > 1000);
        var page = await File.ReadAllTextAsync(folder.At("out/compare.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("SparseVLM", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_InfeasibleBudget_IsNamedAndTheOthersGoOn()
    {
        using var folder = new TempFolder();
        await using var executor = await TestServer.StartAsync(new CalibrationDouble(Score));
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(executor.Address), new PlanDouble());

        var run = await RunAsync(scheduler, folder, "--budgets", "0.2,0.4", "--first-layer", "3", "--random-seeds", "1", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        var skipped = run.Json["skipped"]!.AsArray().Select(line => (string)line!).ToArray();
        Assert.Contains(skipped, line => line.StartsWith("P-Sigmoid at 0.2: ", StringComparison.Ordinal));
        Assert.Contains(skipped, line => line.StartsWith("flat at 0.2: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compare_ExecutorDies_TheOtherTakesItsQuestions()
    {
        using var folder = new TempFolder();
        var (dying, living) = (new CalibrationDouble(Score) { BreaksAfter = 5 }, new CalibrationDouble(Score));
        await using var first = await TestServer.StartAsync(dying);
        await using var second = await TestServer.StartAsync(living);
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(first.Address, second.Address), new PlanDouble());

        var run = await RunAsync(scheduler, folder, "--budgets", "0.3", "--random-seeds", "1", "--vtw-samples", "0", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains("exec-1 went away", run.Error, StringComparison.Ordinal);
        Assert.Equal(100, (double)run.Json["rows"]![0]!["accuracy"]!);
        var candidates = living.Shards.Select(shard => shard.Id).Distinct().Count();
        Assert.Equal(Questions * candidates, living.Shards.Sum(shard => shard.Samples.Count));
    }

    [Fact]
    public async Task Compare_NoExecutorLeft_Fails()
    {
        using var folder = new TempFolder();
        await using var executor = await TestServer.StartAsync(new CalibrationDouble(Score) { BreaksAfter = 5 });
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(executor.Address), new PlanDouble());

        var run = await RunAsync(scheduler, folder, "--budgets", "0.3", "--random-seeds", "1", "--json");

        Assert.Equal(ExitCodes.Unavailable, run.Code);
        Assert.Contains("no executor is left", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--budgets 0.3,2,x --random-seeds 0", "'2'", "'x'", "--random-seeds 0")]
    [InlineData("--budgets 0.3,0.4 --psigmoid s-0123456789abcdef --schedule nothing", "names 1 schedules for 2 budgets", "nothing")]
    public async Task Compare_BadCommandLine_NamesEveryFault(string line, params string[] named)
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync(["eval", "compare", "--set", SetFolder.Write(folder, 2), .. line.Split(' ')]);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.All(named, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
    }

    private static Task<CliRun> RunAsync(TestServer scheduler, TempFolder folder, params string[] args) =>
        CliRun.OfAsync(["eval", "compare", "--set", SetFolder.Write(folder, Questions), "--scheduler", scheduler.Address, .. args]);

    // The more is kept, the more questions are right; a withdrawal is close to the full model from layer 8 on.
    private static SampleScore Score(Candidate candidate, int sample)
    {
        var mean = candidate.Rates.Rates.Average(rate => Math.Floor((rate * FleetDouble.VisionTokens) + 1e-6)) / FleetDouble.VisionTokens / Math.Max(1, candidate.Pool * candidate.Pool);
        return new SampleScore
        {
            Correct = sample < Questions * (0.5 + (mean / 2)) + 1e-9,
            Kl = candidate.Rates.Rates.Count(rate => rate > 0) >= 8 ? 0.001 : 1,
            PrefillFlops = 4e9 * mean,
            FullPrefillFlops = 4e9,
            MeanKeep = mean,
        };
    }
}
