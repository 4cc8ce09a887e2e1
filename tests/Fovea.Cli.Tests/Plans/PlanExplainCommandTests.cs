using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Plans;

public sealed class PlanExplainCommandTests
{
    private const double Tolerance = 0.03;
    private const string PDrop = "pdrop:layers=8/16/24,keep=0.5/0.25/0.125";

    // Published costs; the PyramidDrop cell of LLaVA (5.47) is taken from the same paper's figure (4.95).
    [Theory]
    [InlineData("llava-1.5-7b", 576, 74, "full", 9.18)]
    [InlineData("llava-1.5-7b", 576, 74, "vtw:K=16", 5.19)]
    [InlineData("llava-1.5-7b", 576, 74, PDrop, 4.95)]
    [InlineData("llava-1.5-7b", 576, 74, "fastv:K=2,R=0.5", 5.49)]
    [InlineData("llava-1.5-7b", 576, 74, "fastv:K=2,R=0.875", 2.74)]
    [InlineData("internvl2-1b", 1280, 84, "full", 4.62)]
    [InlineData("internvl2-1b", 1280, 84, "vtw:K=12", 3.73)]
    [InlineData("internvl2-1b", 1280, 84, PDrop, 3.88)]
    [InlineData("internvl2-4b", 1280, 75, "full", 13.97)]
    [InlineData("internvl2-4b", 1280, 75, "fastv:K=2,R=0.875", 5.48)]
    public async Task Explain_PublishedRow_IsWithinTolerance(string shape, int vision, int text, string spec, double tflops)
    {
        var run = await ExplainAsync(shape, vision, text, spec, "paper");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.InRange((double)run.Json["tflops"]!, tflops - Tolerance, tflops + Tolerance);
    }

    [Fact]
    public async Task Explain_Pool_CostsWhatIsLeft()
    {
        var run = await ExplainAsync("llava-1.5-7b", 576, 74, "pool:size=2", "executed");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(0.25, (double)run.Json["mean_keep"]!);
        Assert.All(run.Json["counts"]!.AsArray(), count => Assert.Equal(144, (int)count!));
    }

    [Theory]
    [InlineData("fastv:K=2,mean=0.3")]
    [InlineData("pdrop:layers=8/16/24,mean=0.4")]
    [InlineData("sparsevlm:layers=2/6/15,mean=0.3")]
    [InlineData("vtw:mean=0.3")]
    [InlineData("uniform:mean=0.3,first=3")]
    public async Task Explain_RivalByBudget_MeetsIt(string spec)
    {
        var run = await ExplainAsync("llava-1.5-7b", 576, 74, spec, "executed");

        var budget = spec.Contains("0.4", StringComparison.Ordinal) ? 0.4 : 0.3;
        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.InRange((double)run.Json["mean_keep"]!, budget - (1.0 / 32), budget);
    }

    [Fact]
    public async Task Explain_Json_HasExactlyTheDocumentedKeys()
    {
        var run = await ExplainAsync("llava-1.5-7b", 576, 74, "fastv:K=2,R=0.5", "executed");

        Assert.Equal(["tflops", "full_tflops", "mean_keep", "counts", "kv_bytes", "digest"], run.Json.AsObject().Select(pair => pair.Key));
        Assert.Equal(32, run.Json["counts"]!.AsArray().Count);
        Assert.Equal(17.0 / 32, (double)run.Json["mean_keep"]!, 1e-12);
        Assert.Equal(64, ((string?)run.Json["digest"])!.Length);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Explain_ExecutedAccounting_CostsLessThanPaper()
    {
        var paper = await ExplainAsync("llava-1.5-7b", 576, 74, "full", "paper");
        var executed = await ExplainAsync("llava-1.5-7b", 576, 74, "full", "executed");

        Assert.NotEqual((double)paper.Json["tflops"]!, (double)executed.Json["tflops"]!);
        Assert.Equal((string?)paper.Json["digest"], (string?)executed.Json["digest"]);
    }

    [Fact]
    public async Task Explain_RatesFile_CountsByItsFloor()
    {
        var run = await ExplainAsync(
            Path.Combine(Checkout.Model, "config.json"), 256, 18, $"rates:{Path.Combine(Checkout.Demo, "schedules/lossless.json")}", "executed");

        Assert.Equal("[256,256,256,132,132,109,109,108,103,100,100,100]", run.Json["counts"]!.ToJsonString());
    }

    [Fact]
    public async Task Explain_Floor_HoldsWhereTheScheduleHasNone()
    {
        using var folder = new TempFolder();
        var rates = folder.Write("rates.json", "[1,1,1,0,0,0,0,0,0,0,0,0]");

        var run = await CliRun.OfAsync(
            "plan", "explain", "--shape", Checkout.Model, "--vision-tokens", "256", "--text-tokens", "18",
            "--schedule", $"rates:{rates}", "--accounting", "executed", "--floor", "7", "--json");

        Assert.Equal(7, (int)run.Json["counts"]![11]!);
    }

    [Fact]
    public async Task Explain_Model_EntersTheDigest()
    {
        string[] args = ["plan", "explain", "--shape", "llava-1.5-7b", "--vision-tokens", "10", "--text-tokens", "5", "--schedule", "full", "--accounting", "paper", "--json"];

        var plain = await CliRun.OfAsync(args);
        var named = await CliRun.OfAsync([.. args, "--model", "other", "--model-revision", "abc"]);

        Assert.NotEqual((string?)plain.Json["digest"], (string?)named.Json["digest"]);
    }

    [Fact]
    public async Task Explain_ForPeople_ShowsCountsAndDigest()
    {
        var run = await CliRun.OfAsync(
            "plan", "explain", "--shape", "internvl2-1b", "--vision-tokens", "1280", "--text-tokens", "84", "--schedule", "full", "--accounting", "paper");

        Assert.Contains("TFLOPs", run.Output, StringComparison.Ordinal);
        Assert.Contains("counts  1280 1280", run.Output, StringComparison.Ordinal);
        Assert.Contains("digest  ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-shape", "full", "known are")]
    [InlineData("llava-1.5-7b", "fastv:K=2,R=1.5", "R")]
    [InlineData("llava-1.5-7b", "magic", "magic")]
    [InlineData("llava-1.5-7b", "rates:/no/such/file", "/no/such/file")]
    [InlineData("llava-1.5-7b", "rates:[1,0.5]", "32 layers")]
    public async Task Explain_BadInput_IsUsageAndNamesIt(string shape, string spec, string named)
    {
        var run = await ExplainAsync(shape, 576, 74, spec, "paper");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static Task<CliRun> ExplainAsync(string shape, int vision, int text, string spec, string accounting) => CliRun.OfAsync(
        "plan", "explain", "--shape", shape, "--vision-tokens", $"{vision}", "--text-tokens", $"{text}", "--schedule", spec, "--accounting", accounting, "--json");
}
