using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Searches;

public sealed class SearchCommandsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly CalibrationDouble _calibration = new();
    private readonly SearchDouble _search = new();
    private TestServer _executor = null!;
    private TestServer _scheduler = null!;

    public async Task InitializeAsync()
    {
        _executor = await TestServer.StartAsync(_calibration);
        _scheduler = await TestServer.StartAsync(new FleetDouble(_executor.Address), _search);
    }

    public async Task DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        await _executor.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task GSearch_Json_HasTheDocumentedForm()
    {
        var set = SetFolder.Write(_folder, "calibration", "color", "count");
        SetFolder.Write(_folder, "eval", "color", "color", "color");

        var run = await RunAsync("gsearch", "--set", set, "--tolerance", "0.25", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(
            ["schedule", "rates", "counts", "metric_full", "metric", "trials", "layer_forwards"],
            run.Json.AsObject().Select(pair => pair.Key).Take(7));
        Assert.Equal((99, 98.5, 20, 1234), ((double)run.Json["metric_full"]!, (double)run.Json["metric"]!, (int)run.Json["trials"]!, (long)run.Json["layer_forwards"]!));
        Assert.Equal("[1,0.5]", run.Json["rates"]!.ToJsonString());
        Assert.Equal("g-1", (string?)run.Json["search"]);
        Assert.Contains("best mean keep 0.7500", run.Error, StringComparison.Ordinal);
        Assert.Contains("12 s left", run.Error, StringComparison.Ordinal);
    }

    // Updates bring some of the trials; the others are asked for.
    [Theory]
    [InlineData]
    [InlineData(1, 2)]
    [InlineData(2)]
    [InlineData(0, 1, 2, 3)]
    public async Task GSearch_NoTerminal_WritesOneLineForEachTrial(params int[] brought)
    {
        _search.Trials.AddRange(Enumerable.Range(1, 3).Select(index => new SearchTrial { Index = index, Step = 4, Rates = { 0.25 }, Metric = 99, Passed = true, Seconds = 0.5 }));
        _search.Brought.UnionWith(brought);

        var run = await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--metric", "accuracy");

        var lines = run.Error.Split('\n').Where(line => line.StartsWith("g-1 ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(["running:", "trial", "trial", "trial", "trial", "done:"], lines.Select(line => line.Split(' ')[1]));
        Assert.StartsWith("g-1 trial 0, layer 3: mean keep 0.7500, accuracy 98.00 % on 5 questions, failed, cut short, 0.00 s", lines[1], StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 3), index => Assert.StartsWith($"g-1 trial {index}, layer 4: mean keep 0.2500", lines[index + 1], StringComparison.Ordinal));
        Assert.Contains("held out", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PSigmoid_NoTerminal_NamesTheBudgetOfEachTrial()
    {
        var run = await RunAsync("psigmoid", "--set", SetFolder.Write(_folder, 2), "--budgets", "mean=0.28,0.32,0.4,0.5");

        Assert.Contains("g-1 trial 0, budget 4 of 4: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GSearch_Json_WritesNoTrials()
    {
        var run = await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--json");

        Assert.DoesNotContain("g-1 trial", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GSearch_Options_ReachTheSpecification()
    {
        var set = SetFolder.Write(_folder, "calibration", "color", "count");
        SetFolder.Write(_folder, "eval", "color", "color", "color");

        await RunAsync(
            "gsearch", "--set", set, "--metric", "nll", "--tolerance", "0.5", "--tolerance-split", "even", "--confidence-rule", "strict", "--confidence", "0.9",
            "--first-layer", "2", "--floor", "4", "--resolution", "64", "--samples", "1", "--stratified", "--seed", "7", "--scorer", "last", "--positions", "renumber",
            "--class", "count", "--inner", "bo", "--no-racing", "--detach");

        var start = Assert.Single(_search.Started);
        var spec = start.Spec;
        Assert.NotEmpty(start.RequestId);
        Assert.Equal(("demo", "count", Metric.Nll, 0.5), (spec.Model, spec.QuestionClass, spec.Metric, spec.Tolerance));
        Assert.Equal((ToleranceSplit.Even, ConfidenceRule.Strict, 0.9), (spec.ToleranceSplit, spec.ConfidenceRule, spec.Confidence));
        Assert.Equal((2, 4, 64, 1, true, 7ul), (spec.FirstLayer, spec.Floor, spec.Resolution, spec.Samples, spec.Stratified, spec.Seed));
        Assert.Equal((Scorer.Last, PositionMode.Renumber), (spec.Scorer, spec.Positions));
        Assert.Equal(new GSearchSpec { Inner = InnerSearch.Bo, NoRacing = true }, spec.Gsearch);
        Assert.Equal(("calibration", 2), (spec.Set.Name, spec.Set.Questions));
        Assert.Equal(("eval", 3), (spec.HeldOut.Name, spec.HeldOut.Questions));
        Assert.All((string[])[spec.Set.Digest, spec.HeldOut.Digest], digest => Assert.True(_calibration.Sets.ContainsKey(digest)));
    }

    [Fact]
    public async Task GSearch_Plain_ReusesAndRacesNothing()
    {
        await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--plain", "--detach");

        var spec = Assert.Single(_search.Started).Spec;
        Assert.Equal(new GSearchSpec { Inner = InnerSearch.Bisect, NoPrefixReuse = true, NoRacing = true }, spec.Gsearch);
        Assert.Null(spec.HeldOut);
    }

    [Fact]
    public async Task GSearch_Detached_PrintsTheId()
    {
        var run = await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--detach", "--json");

        Assert.Equal("""{"search":"g-1","status":"running"}""", run.Json.ToJsonString());
    }

    [Fact]
    public async Task GSearch_ByClass_SearchesEachTypeAndWritesThePolicy()
    {
        var set = SetFolder.Write(_folder, "set", "count", "color", "count");
        var policy = _folder.At("policy.yaml");

        var run = await RunAsync("gsearch", "--set", set, "--by-class", "--policy-out", policy, "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(["color", "count", string.Empty], _search.Started.Select(start => start.Spec.QuestionClass));
        Assert.Equal(["color", "count"], run.Json["classes"]!.AsArray().Select(found => (string?)found!["class"]));
        Assert.Equal(20, (int)run.Json["held_out"]!["questions"]!);
        Assert.Equal(["color", "count", "*"], run.Json["policy"]!["rules"]!.AsArray().Select(rule => (string?)rule!["request_class"]));
        var faults = new List<string>();
        var written = Fovea.Cli.Policies.PolicyYaml.Parse(await File.ReadAllTextAsync(policy), _folder.Path, faults);
        Assert.Empty(faults);
        Assert.Equal(3, written!.Policy.Rules.Count);
    }

    [Fact]
    public async Task GSearch_ByClassRestFull_KeepsEverythingElsewhere()
    {
        var run = await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--by-class", "--rest", "full", "--json");

        Assert.Single(_search.Started);
        Assert.True((bool)run.Json["policy"]!["rules"]![1]!["full"]!);
        Assert.Null(run.Json["rest"]);
    }

    [Fact]
    public async Task PSigmoid_Budgets_OfSeveralKindsReachTheSpecificationAndInfeasibleOnesAreNamed()
    {
        var run = await RunAsync(
            "psigmoid", "--set", SetFolder.Write(_folder, 2), "--budgets", "mean=0.28,0.32", "--budgets", "flops=0.5", "--trials", "9", "--warm-start", "s-0123456789abcdef", "--json");

        var spec = Assert.Single(_search.Started).Spec.Psigmoid;
        Assert.Equal((3, 9, "s-0123456789abcdef"), (spec.Budgets.Count, spec.Trials, spec.WarmStartSchedule));
        Assert.Equal(0.5, spec.Budgets[2].FlopsShare);
        Assert.Equal(["mean=0.28", "mean=0.32"], Texts(run.Json["budgets"]!, "budget"));
        Assert.Equal("flops=0.5", (string?)Assert.Single(run.Json["infeasible"]!.AsArray()));
    }

    [Theory]
    [InlineData("gsearch --metric speed --first-layer 0 --tolerance -1", "speed", "--first-layer 0", "--tolerance -1")]
    [InlineData("gsearch --stratified --by-class --detach --floor -1", "--floor -1", "--stratified needs --samples", "--by-class excludes")]
    [InlineData("gsearch --policy-out x", "--policy-out needs --by-class")]
    [InlineData("psigmoid --budgets mean=2,x", "mean=2", "mean=x")]
    [InlineData("psigmoid --budgets 0.3 --warm-start nothing", "0.3", "nothing")]
    public async Task Start_BadCommandLine_NamesEveryFaultAndStartsNothing(string line, params string[] named)
    {
        var run = await RunAsync([.. line.Split(' '), "--set", SetFolder.Write(_folder, 2)]);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.All(named, text => Assert.Contains(text, run.Error, StringComparison.Ordinal));
        Assert.Empty(_search.Started);
    }

    [Fact]
    public async Task Start_BadSets_NamesFaultsOfBoth()
    {
        var run = await RunAsync("gsearch", "--set", _folder.At("gone"), "--held-out", _folder.At("lost"));

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("--set: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--held-out: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SearchStatus.Failed, "out of luck")]
    [InlineData(SearchStatus.Cancelled, "was cancelled")]
    [InlineData(SearchStatus.Interrupted, "was interrupted")]
    public async Task Watch_EndsWithoutResult_SaysWhyAndHowToResume(SearchStatus status, string named)
    {
        _search.EndsAs = status;

        var run = await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--json");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Contains("fovea search resume g-1", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Others_AboutOneSearch_ShowListCancelAndResume()
    {
        await RunAsync("gsearch", "--set", SetFolder.Write(_folder, 2), "--detach");

        var shown = await RunAsync("show", "g-1", "--json");
        var people = await RunAsync("show", "g-1");
        var listed = await RunAsync("list", "--json");
        var cancelled = await RunAsync("cancel", "g-1", "--json");
        var resumed = await RunAsync("resume", "g-1", "--json");
        var watched = await RunAsync("watch", "g-1");

        Assert.Equal(60, (int)Assert.Single(shown.Json["trials"]!.AsArray())!["layer_forwards"]!);
        Assert.Contains("cut short", people.Output, StringComparison.Ordinal);
        Assert.Equal("g-1", (string?)Assert.Single(listed.Json.AsArray())!["id"]);
        Assert.Equal("cancelled", (string?)cancelled.Json["status"]);
        Assert.Equal("g-1", (string?)resumed.Json["search"]);
        Assert.Contains("held out", watched.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_UnknownSearch_IsRefused()
    {
        var run = await RunAsync("show", "g-9");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("NOT_FOUND: no search 'g-9'", run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync(["search", .. args, "--scheduler", _scheduler.Address]);

    private static IEnumerable<string?> Texts(JsonNode array, string key) => array.AsArray().Select(item => (string?)item![key]);
}
