using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Fleet;

public sealed class FleetListCommandTests
{
    [Fact]
    public async Task List_Json_IsAnArrayOfExecutors()
    {
        await using var server = await TestServer.StartAsync(new ScriptedFleet());

        var run = await CliRun.OfAsync("fleet", "list", "--json", "--scheduler", server.Address);

        Assert.Equal(ExitCodes.Ok, run.Code);
        var executor = Assert.Single(run.Json.AsArray())!;
        Assert.Equal("exec-1", (string?)executor["executor_id"]);
        Assert.Equal(7, (long)executor["applied_revision"]!);
        Assert.True((bool)executor["connected"]!);
        Assert.Equal("demo", (string?)executor["model"]!["name"]);
        Assert.Equal(("0123456789abcdef", "scheduler-2"), ((string?)executor["applied_digest"], (string?)executor["scheduler"]));
        Assert.Equal("behind", (string?)executor["sync"]);
    }

    [Fact]
    public async Task List_ForPeople_ShowsWhoIsBehind()
    {
        await using var server = await TestServer.StartAsync(new ScriptedFleet());

        var run = await CliRun.OfAsync("fleet", "list", "--scheduler", server.Address);

        Assert.Contains("7 of 9", run.Output, StringComparison.Ordinal);
        Assert.Contains("epoch e, revision 9", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SyncState.Acked, "acked")]
    [InlineData(SyncState.Behind, "behind")]
    [InlineData(SyncState.Nacked, "nacked: revision 9: bad")]
    [InlineData(SyncState.Ahead, "ahead")]
    public async Task List_ForPeople_ShowsHowPoliciesStand(SyncState sync, string shown)
    {
        await using var server = await TestServer.StartAsync(new ScriptedFleet(sync));

        var run = await CliRun.OfAsync("fleet", "list", "--scheduler", server.Address);

        Assert.Contains(shown, run.Output, StringComparison.Ordinal);
        Assert.Contains("0123456789ab", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abc", run.Output, StringComparison.Ordinal);
        Assert.Contains("scheduler-2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_RealSchedulerWithoutExecutors_IsEmpty()
    {
        await using var scheduler = await RunningScheduler.StartAsync();

        var run = await scheduler.RunAsync("fleet", "list", "--json");

        Assert.Empty(run.Json.AsArray());
    }

    private sealed class ScriptedFleet(SyncState sync = SyncState.Behind) : FleetService.FleetServiceBase
    {
        public override Task<ListExecutorsResponse> ListExecutors(ListExecutorsRequest request, ServerCallContext context) => Task.FromResult(new ListExecutorsResponse
        {
            Epoch = "e",
            Revision = 9,
            Executors =
            {
                new ExecutorStatus
                {
                    ExecutorId = "exec-1",
                    Connected = true,
                    AppliedRevision = 7,
                    AppliedDigest = "0123456789abcdef",
                    Model = new ModelProfile { Name = "demo" },
                    Sync = sync,
                    LastNack = sync == SyncState.Nacked ? "revision 9: bad" : string.Empty,
                    Scheduler = "scheduler-2",
                },
            },
        });
    }
}
