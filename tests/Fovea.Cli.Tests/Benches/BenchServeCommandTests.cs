using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.GrpcTests.Support;

namespace Fovea.Cli.Tests.Benches;

public sealed class BenchServeCommandTests
{
    [Fact]
    public async Task Serve_TwoExecutors_CountsEveryRequestOnceByOutcomeAndTier()
    {
        await using var first = await TestServer.StartAsync(new OverloadedInference("one"));
        await using var second = await TestServer.StartAsync(new OverloadedInference("two"));

        var run = await RunAsync("--executor", first.Address, second.Address, "--rate", "100", "--seconds", "0.605", "--even", "--warm-up", "0", "--json");

        Assert.Equal((ExitCodes.Ok, string.Empty), (run.Code, run.Error));
        Assert.Equal(60, (int)run.Json["requests"]!);
        Assert.Equal(40, (int)run.Json["outcomes"]!["completed"]!);
        Assert.Equal(20, (int)run.Json["outcomes"]!["resource_exhausted"]!);
        Assert.Equal("""{"0":20,"1":20}""", run.Json["tiers"]!.ToJsonString());
        Assert.Equal("""{"one":20,"two":20}""", run.Json["executors"]!.ToJsonString());
        Assert.Equal((0.75, 100.0, 1.0, 2.0), (Number(run, "mean_keep"), Number(run, "accuracy"), Number(run, "gflops"), Number(run, "gflops_full")));
        Assert.Equal(1500, (double)run.Json["push_back_ms"]!["p50"]!);
        Assert.Equal(40, (int)run.Json["good"]!);
        Assert.Equal(40 / Number(run, "elapsed_s"), Number(run, "goodput_per_s"), 1e-9);
        Assert.True((double)run.Json["ttft_s"]!["p50"]! <= (double)run.Json["latency_s"]!["p99"]!);
    }

    [Fact]
    public async Task Serve_ExecutorAway_IsAnOutcomeAndNoFault()
    {
        var run = await RunAsync("--executor", "http://127.0.0.1:1", "--rate", "50", "--seconds", "0.1", "--even", "--warm-up", "0", "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(4, (int)run.Json["outcomes"]!["unavailable"]!);
        Assert.Equal(0, (int)run.Json["good"]!);
        Assert.Null(run.Json["latency_s"]);
    }

    [Fact]
    public async Task Serve_WarmUpRefused_FailsAndNamesTheExecutor()
    {
        var run = await RunAsync("--executor", "http://127.0.0.1:1", "--rate", "50");

        Assert.Equal(ExitCodes.Failed, run.Code);
        Assert.Contains("http://127.0.0.1:1", run.Error, StringComparison.Ordinal);
        Assert.Contains("unavailable", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ForPeople_NamesGoodputOutcomesAndTiers()
    {
        await using var server = await TestServer.StartAsync(new OverloadedInference("one"));

        var run = await RunAsync("--executor", server.Address, "--rate", "100", "--seconds", "0.1", "--even", "--warm-up", "0");

        Assert.Contains("completed 6, resource_exhausted 3", run.Output, StringComparison.Ordinal);
        Assert.Contains("goodput", run.Output, StringComparison.Ordinal);
        Assert.Contains("tier 0: 3, tier 1: 3", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_Credentials_AreShownAndTrusted()
    {
        using var folder = new TempFolder();
        using var authority = new TestAuthority("authority");
        var own = authority.Issue("bench", TestAuthority.ClientUse);
        await using var server = await TestServer.StartSecureAsync(new GuardedInference("bench", "secret"), authority.IssueServer());
        string[] shown = ["--ca", folder.Write("ca", authority.Pem), "--cert", folder.Write("cert", own.Certificate), "--key", folder.Write("key", own.Key)];
        string[] load = ["--executor", server.Address, "--rate", "50", "--seconds", "0.1", "--even", "--warm-up", "0", "--json"];

        var run = await RunAsync([.. load, .. shown, "--token-file", folder.Write("token", "secret\n")]);
        var tokenless = await RunAsync([.. load, .. shown]);
        var untrusting = await RunAsync(load);

        Assert.Equal((ExitCodes.Ok, string.Empty), (run.Code, run.Error));
        Assert.Equal("""{"completed":4}""", run.Json["outcomes"]!.ToJsonString());
        Assert.Equal(4, (int?)tokenless.Json["outcomes"]!["unauthenticated"]);
        Assert.Equal(4, (int?)untrusting.Json["outcomes"]!["unavailable"]);
    }

    [Fact]
    public async Task Serve_CredentialsThatCannotBeUsed_AreAllNamed()
    {
        var run = await RunAsync("--rate", "50", "--ca", "no-ca.pem", "--cert", "no-cert.pem", "--token-file", "no-token");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("--ca", run.Error, StringComparison.Ordinal);
        Assert.Contains("--key", run.Error, StringComparison.Ordinal);
        Assert.Contains("--token-file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_BadOptions_AreAllNamed()
    {
        var run = await CliRun.OfAsync("bench", "serve", "--set", "nowhere", "--rate", "0", "--executor", "not-an-address", "--concurrency", "0");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("--rate 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("'not-an-address'", run.Error, StringComparison.Ordinal);
        Assert.Contains("--concurrency 0", run.Error, StringComparison.Ordinal);
    }

    private static double Number(CliRun run, string name) => (double)run.Json[name]!;

    private static async Task<CliRun> RunAsync(params string[] arguments)
    {
        using var folder = new TempFolder();
        return await CliRun.OfAsync(["bench", "serve", "--set", SetFolder.Write(folder, 5), .. arguments]);
    }
}
