using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Fleet;

public sealed class FleetRpcTests
{
    [Fact]
    public async Task ListExecutors_AfterAnAck_ShowsWhatTheExecutorApplied()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        await using var executor = await FeedClient.OpenAsync(scheduler, "e1");
        await executor.AckAsync(executor.First);
        await executor.SendAsync(new WatchRequest { Load = new LoadReport { Waiting = 4, RequestsTotal = 9 } });

        // A snapshot that comes after a change shows that what was sent before it has been read.
        await scheduler.ApplyAsync(TestPolicies.Full("a"));
        var second = await executor.NextUpdateAsync();
        await executor.SendAsync(new WatchRequest { Nack = new Nack { Nonce = second.Nonce, Message = "no" } });
        ExecutorStatus status;
        do
        {
            status = (await scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest())).Executors.Single();
        }
        while (status.LastNack.Length == 0);

        Assert.Equal(("e1", "http://127.0.0.1:7081", true), (status.ExecutorId, status.Address, status.Connected));
        Assert.Equal((executor.First.Snapshot.Epoch, 1L), (status.AppliedEpoch, status.AppliedRevision));
        Assert.Equal((4, 9L), (status.Load.Waiting, status.Load.RequestsTotal));
        Assert.Equal(TestModels.LlavaProfile(), status.Model);
        Assert.Equal("revision 2: no", status.LastNack);
        Assert.Equal((SyncState.Nacked, 2L, executor.First.Digest), (status.Sync, status.RefusedRevision, status.AppliedDigest));
        Assert.Equal(new FleetOptions().EffectiveName, status.Scheduler);
        Assert.NotNull(status.SessionStarted);
    }

    [Fact]
    public async Task ListExecutors_StreamEnded_IsListedAsNotConnected()
    {
        await using var scheduler = await TestScheduler.StartAsync();
        await scheduler.AnnounceAsync(TestModels.LlavaProfile());

        var response = await scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest());

        Assert.False(response.Executors.Single().Connected);
        Assert.Equal(1, response.Revision);
    }
}
