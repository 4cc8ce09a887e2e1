using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Feed;

public sealed class FeedOrderTests
{
    [Theory]
    [InlineData("00:00:00", "00:00:00")]
    [InlineData("00:00:00.005", "00:00:00.020")]
    public async Task Watch_RapidSwaps_EveryExecutorSeesRisingWholeSnapshotsAndTheLast(string quiet, string longest)
    {
        const int Executors = 4;
        const int Swaps = 200;
        await using var scheduler = await TestScheduler.StartAsync($"--Feed:DebounceQuiet={quiet}", $"--Feed:DebounceMax={longest}");
        var watching = Enumerable.Range(0, Executors).Select(executor => WatchAsync(scheduler, $"e{executor}", Swaps + 1)).ToList();
        var floors = new Dictionary<long, int> { [1] = 1 };
        for (var swap = 1; swap <= Swaps; swap++)
        {
            floors.Add((await scheduler.ApplyAsync(TestPolicies.Full("default", swap + 1))).Revision, swap + 1);
        }

        foreach (var seen in await Task.WhenAll(watching))
        {
            var revisions = seen.Select(snapshot => snapshot.Revision).ToList();
            Assert.Equal(revisions.Distinct().Order(), revisions);
            Assert.Equal(Swaps + 1, revisions[^1]);
            Assert.All(seen, snapshot => Assert.Equal(floors[snapshot.Revision], snapshot.Policies.Single().Policy.Floor));
            Assert.All(seen, snapshot => Assert.Equal(snapshot.Revision, snapshot.Policies.Single().Revision));
            Assert.All(seen, snapshot => Assert.True(SnapshotMapping.ToDomain(snapshot).IsValid));
        }

        var listed = await scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest());
        Assert.Equal(Executors, listed.Executors.Count);
    }

    private static async Task<List<Snapshot>> WatchAsync(TestScheduler scheduler, string id, long until)
    {
        await using var executor = await FeedClient.SubscribeAsync(scheduler, FeedClient.Subscription(id));
        var seen = new List<Snapshot>();
        var nonces = new HashSet<string>();
        do
        {
            var update = await executor.NextUpdateAsync();
            Assert.True(nonces.Add(update.Nonce));
            Assert.Equal(SnapshotDigest.Of(update.Snapshot), update.Digest);
            seen.Add(update.Snapshot);
            await executor.AckAsync(update);
        }
        while (seen[^1].Revision < until);
        return seen;
    }
}
