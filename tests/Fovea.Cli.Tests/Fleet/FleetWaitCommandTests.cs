using System.Globalization;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Fleet;

public sealed class FleetWaitCommandTests
{
    [Fact]
    public async Task Wait_ExecutorsCatchUp_EndsWhenTheLastHas()
    {
        var fleet = new ScriptedFleet { AppliedAt = ask => (9, ask < 3 ? 8 : 9) };
        await using var server = await TestServer.StartAsync(fleet);

        var run = await CliRun.OfAsync("fleet", "wait", "--json", "--scheduler", server.Address);

        Assert.Equal((ExitCodes.Ok, 3), (run.Code, fleet.Asked));
        Assert.Equal(9, (long)run.Json["revision"]!);
        Assert.Equal(["exec-1", "exec-2"], run.Json["applied"]!.AsArray().Select(id => (string?)id));
        Assert.Equal(["exec-3"], run.Json["silent"]!.AsArray().Select(id => (string?)id));
    }

    [Fact]
    public async Task Wait_NewerRevisionsComeMeanwhile_WaitsForTheOneThatWasNewestFirst()
    {
        var fleet = new ScriptedFleet { AppliedAt = ask => (9 + ask, ask < 3 ? 8 : 10), NewestAt = ask => 9 + ask };
        await using var server = await TestServer.StartAsync(fleet);

        var run = await CliRun.OfAsync("fleet", "wait", "--scheduler", server.Address);

        Assert.Equal((ExitCodes.Ok, 3), (run.Code, fleet.Asked));
        Assert.Contains("revision 10 is applied by 2 executors; silent: exec-3", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9", ExitCodes.Unavailable)]
    [InlineData("8", ExitCodes.Ok)]
    public async Task Wait_OneStaysBehind_NamesItWhenItIsTooLate(string revision, int code)
    {
        await using var server = await TestServer.StartAsync(new ScriptedFleet { AppliedAt = _ => (9, 8) });

        var run = await CliRun.OfAsync("fleet", "wait", "--revision", revision, "--within", "0.3", "--scheduler", server.Address);

        Assert.Equal(code, run.Code);
        Assert.Equal(code != ExitCodes.Ok, run.Error.Contains("behind: exec-2 (at 8)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wait_OneRefuses_FailsAtOnceWithTheReason()
    {
        var fleet = new ScriptedFleet { AppliedAt = _ => (9, 8), Refused = 9 };
        await using var server = await TestServer.StartAsync(fleet);

        var run = await CliRun.OfAsync("fleet", "wait", "--scheduler", server.Address);

        Assert.Equal((ExitCodes.Failed, 1), (run.Code, fleet.Asked));
        Assert.Contains("refused by exec-2: bad", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_AnotherEpochIsApplied_IsBehind()
    {
        await using var server = await TestServer.StartAsync(new ScriptedFleet { AppliedAt = _ => (9, 99), OtherEpoch = true });

        var run = await CliRun.OfAsync("fleet", "wait", "--within", "0", "--scheduler", server.Address);

        Assert.Equal(ExitCodes.Unavailable, run.Code);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("NaN")]
    public async Task Wait_ImpossibleLimit_IsUsage(string within) =>
        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync("fleet", "wait", "--within", within)).Code);

    [Fact]
    public async Task Wait_RealSchedulerWithoutExecutors_EndsAtOnce()
    {
        await using var scheduler = await RunningScheduler.StartAsync();

        var run = await scheduler.RunAsync("fleet", "wait");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Contains("applied by 0 executors", run.Output, StringComparison.Ordinal);
    }

    private sealed class ScriptedFleet : FleetService.FleetServiceBase
    {
        private int _asked;

        public int Asked => _asked;

        public required Func<int, (long First, long Second)> AppliedAt { get; init; }

        public Func<int, long> NewestAt { get; init; } = _ => 9;

        public long Refused { get; init; }

        public bool OtherEpoch { get; init; }

        public override Task<ListExecutorsResponse> ListExecutors(ListExecutorsRequest request, ServerCallContext context)
        {
            var ask = ++_asked;
            var (first, second) = AppliedAt(ask);
            var answer = new ListExecutorsResponse { Epoch = "e", Revision = NewestAt(ask) };
            answer.Executors.Add(Executor(1, first, connected: true));
            answer.Executors.Add(Executor(2, second, connected: true));
            answer.Executors.Add(Executor(3, 0, connected: false));
            answer.Executors[1].RefusedRevision = Refused;
            answer.Executors[1].LastNack = Refused > 0 ? "bad" : string.Empty;
            answer.Executors[1].AppliedEpoch = OtherEpoch ? "d" : "e";
            return Task.FromResult(answer);
        }

        private static ExecutorStatus Executor(int number, long applied, bool connected) => new()
        {
            ExecutorId = string.Create(CultureInfo.InvariantCulture, $"exec-{number}"),
            Connected = connected,
            AppliedEpoch = "e",
            AppliedRevision = applied,
            Sync = applied < 9 ? SyncState.Behind : SyncState.Acked,
        };
    }
}
