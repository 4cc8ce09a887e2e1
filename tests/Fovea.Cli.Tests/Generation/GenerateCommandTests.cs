using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;
using Fovea.Torch.Images;
using Grpc.Core;

namespace Fovea.Cli.Tests.Generation;

public sealed class GenerateCommandTests
{
    private static readonly string Image = Path.Combine(Checkout.Demo, "eval/images/0000.jpg");

    [Fact]
    public async Task Generate_Options_ArriveInTheRequest()
    {
        var service = new ScriptedInference(_ => " lemon");
        await using var server = await TestServer.StartAsync(service);

        var run = await CliRun.OfAsync(
            "generate", "--image", Image, "--prompt", "What?", "--class", "tile", "--plan", "budget:mean=0.3", "--scorer", "last", "--positions", "renumber", "--scope", "per_image",
            "--max-tokens", "5", "--temperature", "0.5", "--top-k", "4", "--top-p", "0.9", "--seed", "7", "--stop", ".", "--tenant", "blue", "--executor", server.Address);

        Assert.Equal(ExitCodes.Ok, run.Code);
        var request = Assert.Single(service.Requests);
        Assert.Equal("tile", request.RequestClass);
        Assert.Equal((0.3, Scorer.Last, PositionMode.Renumber), (request.Plan.Budget.MeanKeep, request.Plan.Scorer, request.Plan.Positions));
        Assert.Equal(BudgetScope.PerImage, request.Plan.Scope);
        Assert.Equal((5, 0.5f, 4, 0.9f, 7ul), (request.Sampling.MaxTokens, request.Sampling.Temperature, request.Sampling.TopK, request.Sampling.TopP, request.Sampling.Seed));
        Assert.Equal(["."], request.Sampling.Stop);
        var parts = Assert.Single(request.Messages).Parts;
        Assert.Equal(await File.ReadAllBytesAsync(Image), parts[0].Image.Data.ToByteArray());
        Assert.Equal("What?", parts[1].Text);
        Assert.Equal("blue", service.Headers[0].GetValue("fovea-tenant"));
    }

    [Theory]
    [InlineData("next-last", Scorer.NextLast)]
    [InlineData("raters", Scorer.Raters)]
    [InlineData("random", Scorer.Random)]
    public async Task Generate_Scorer_ArrivesWithItsSeed(string name, Scorer scorer)
    {
        var service = new ScriptedInference(_ => " lemon");
        await using var server = await TestServer.StartAsync(service);

        var run = await CliRun.OfAsync(
            "generate", "--image", Image, "--prompt", "What?", "--plan", "uniform:mean=0.3", "--scorer", name, "--plan-seed", "9", "--executor", server.Address);

        Assert.Equal(ExitCodes.Ok, run.Code);
        var plan = Assert.Single(service.Requests).Plan;
        Assert.Equal((scorer, 9ul, "uniform:mean=0.3,first=3"), (plan.Scorer, plan.Seed, plan.Spec));
    }

    [Fact]
    public async Task Generate_ScorerUnknown_IsAUsageFaultThatListsThem()
    {
        var run = await CliRun.OfAsync("generate", "--image", Image, "--prompt", "What?", "--plan", "full", "--scorer", "best");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("known are instruction, last, next-last, raters, random", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_ForPeople_WritesTheTextAndItsCost()
    {
        await using var server = await TestServer.StartAsync(new ScriptedInference(_ => "a lemon"));

        var run = await CliRun.OfAsync("generate", "--image", Image, "--prompt", "What?", "--executor", server.Address);

        Assert.Equal($"a lemon{Environment.NewLine}", run.Output);
        Assert.Contains("2.00 of 4.00 GFLOPs", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_Json_IsOneDocumentWithPlanAndAnswer()
    {
        await using var server = await TestServer.StartAsync(new ScriptedInference(_ => "lemon"));

        var run = await CliRun.OfAsync("generate", "--image", Image, "--prompt", "What?", "--json", "--executor", server.Address);

        Assert.Equal("lemon", (string?)run.Json["text"]);
        Assert.Equal("[4,4,2,1]", run.Json["applied_counts"]!.ToJsonString());
        Assert.Equal(ScriptedInference.Digest, (string?)run.Json["plan"]!["digest"]);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Generate_WithoutPlan_LeavesItToThePolicy()
    {
        var service = new ScriptedInference(_ => "lemon");
        await using var server = await TestServer.StartAsync(service);

        await CliRun.OfAsync("generate", "--prompt", "Hello", "--executor", server.Address);

        Assert.Null(service.Requests[0].Plan);
        Assert.Single(service.Requests[0].Messages[0].Parts);
    }

    [Fact]
    public async Task Generate_Heatmap_IsAPngOfTheImage()
    {
        using var folder = new TempFolder();
        await using var server = await TestServer.StartAsync(new ScriptedInference(_ => "lemon"));

        var run = await CliRun.OfAsync("generate", "--image", Image, "--prompt", "What?", "--heatmap", folder.At("map.png"), "--executor", server.Address);

        Assert.Equal(ExitCodes.Ok, run.Code);
        var drawn = ImageCodec.Decode(await File.ReadAllBytesAsync(folder.At("map.png")), ImageLimits.Default);
        Assert.Equal(512, drawn.Width);
        Assert.True(drawn.Height > drawn.Width);
    }

    [Fact]
    public async Task Generate_FailureUnderWay_NamesTheStatus()
    {
        await using var server = await TestServer.StartAsync(new ScriptedInference(_ => "lemon") { Failure = new Status(StatusCode.ResourceExhausted, "full") });

        var run = await CliRun.OfAsync("generate", "--prompt", "What?", "--json", "--executor", server.Address);

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("RESOURCE_EXHAUSTED: full", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--image /no/such.jpg --prompt x", "/no/such.jpg")]
    [InlineData("--image a b --prompt x --heatmap m.png", "exactly one --image")]
    [InlineData("--prompt x --scorer last", "need --plan")]
    [InlineData("--prompt x --scope per_image", "need --plan")]
    [InlineData("--prompt x --plan full --scope each", "pooled, per_image")]
    [InlineData("--prompt x --plan budget:mean=7", "mean")]
    [InlineData("--image a.jpg", "--prompt")]
    [InlineData("--prompt x --max-tokens -1", "--max-tokens -1")]
    public async Task Generate_BadInput_IsUsage(string options, string named)
    {
        var run = await CliRun.OfAsync(["generate", .. options.Split(' '), "--executor", "http://127.0.0.1:1"]);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }
}
