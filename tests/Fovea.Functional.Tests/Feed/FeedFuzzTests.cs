using Fovea.Contracts.Snapshots;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Functional.Tests.Feed;

/// <summary>
/// The feed under random commits, faulty ones too, lost and spoilt messages, broken streams, lagging replicas, new epochs and restarts,
/// both ends real, against a model: Ordered, Unique, Reliable, Atomic, Resumable, Bookmarkable, and what each end says of the other.
/// </summary>
public sealed class FeedFuzzTests
{
    private const int Rounds = 60;
    private const int StepsPerRound = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Feed_AnythingHappens_KeepsItsGuarantees(int seed)
    {
        var random = new Random(seed);
        var model = new FeedModel(new Random(seed + 1000));
        var wire = new WireWatch(model);
        var time = new ManualTime();
        var folder = Directory.CreateTempSubdirectory("fovea-feed-").FullName;
        FeedReplica[] replicas = [new(model.Newest, time), new(model.Newest, time)];
        var choose = new Random(seed + 2000);
        await using (var executor = new FuzzExecutor(folder, time, wire, () => replicas[choose.Next(replicas.Length)]))
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var step = 0; step < StepsPerRound; step++)
                {
                    Step(random, model, replicas, executor, wire, time);
                    AssertAtomic(model, executor);
                    await Task.Yield();
                }

                await SettleAsync(model, replicas, executor, time, $"seed {seed}, round {round}, before mending");
                model.Mend();
                await SettleAsync(model, replicas, executor, time, $"seed {seed}, round {round}, mended");
                Assert.Equal(model.NewestId, executor.Held);
                Assert.Empty(wire.Violations);
            }

            var applied = executor.Log.Applied.Select(item => (item.Epoch, item.Revision)).ToList();
            Assert.Equal(applied.Order().Distinct(), applied);
            Assert.True(wire is { Deltas: > 50, Wholes: > 10, Nacks: > 10, Relists: > 0 }, $"{wire.Deltas} deltas, {wire.Wholes} wholes, {wire.Nacks} nacks, {wire.Relists} relists");
        }

        Array.ForEach(replicas, replica => replica.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static void Step(Random random, FeedModel model, FeedReplica[] replicas, FuzzExecutor executor, WireWatch wire, ManualTime time)
    {
        switch (random.Next(40))
        {
            case < 18:
                model.Change();
                Array.ForEach(replicas, replica => Publish(replica, random.Next(4) == 0 ? replica.Store.Current : model.Newest));
                break;
            case < 24:
                replicas[random.Next(replicas.Length)].Store.Publish(model.Newest);
                break;
            case < 28:
                executor.Break();
                break;
            case < 31:
                wire.LoseNext();
                break;
            case < 33:
                wire.SpoilNext();
                break;
            case < 37:
                time.Advance(TimeSpan.FromSeconds(10));
                break;
            case < 39:
                executor.Restart();
                break;
            default:
                if (random.Next(10) == 0)
                {
                    model.Restart();
                }

                break;
        }
    }

    private static void Publish(FeedReplica replica, Scheduler.Store.StoreState state) => replica.Store.Publish(state);

    private static void AssertAtomic(FeedModel model, FuzzExecutor executor)
    {
        if (executor.Applied is { } applied)
        {
            Assert.Equal(applied.Id.Digest, SnapshotDigest.Of(applied.Message));
            Assert.True(model.IsKnown(applied.Id), $"{applied.Id} was never committed as it is held");
        }
    }

    /// <summary>Lets both replicas see the truth and waits until both ends agree on what is in use, or on why it is not.</summary>
    private static async Task SettleAsync(FeedModel model, FeedReplica[] replicas, FuzzExecutor executor, ManualTime time, string when)
    {
        Array.ForEach(replicas, replica => replica.Store.Publish(model.Newest));
        for (var attempt = 1; !IsSettled(model, executor); attempt++)
        {
            Assert.True(attempt < 5_000, $"{when}: {model.NewestId} is not reached, {executor.Held} is held, the scheduler shows {executor.Replica?.Status}");
            await Task.Delay(1);
            if (attempt % 20 == 0)
            {
                time.Advance(TimeSpan.FromSeconds(10)); // what was lost is found out by bookmarks and timeouts
            }
        }
    }

    private static bool IsSettled(FeedModel model, FuzzExecutor executor)
    {
        if (executor.Replica?.Status is not { Connected: true } status)
        {
            return false;
        }

        var held = executor.Held;
        var shown = new SnapshotId(status.AppliedEpoch, status.AppliedRevision, status.AppliedDigest);
        if (shown != held)
        {
            return false;
        }

        var faulty = model.Faulty;
        return faulty.Count == 0
            ? held == model.NewestId
            : status.RefusedRevision == model.Newest.Revision && status.Refused.Select(refused => ResourceKey.Of(refused.Resource)).SequenceEqual(faulty);
    }
}
