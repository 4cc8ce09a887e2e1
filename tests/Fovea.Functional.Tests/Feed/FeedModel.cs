using System.Collections.Concurrent;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;

namespace Fovea.Functional.Tests.Feed;

/// <summary>The truth: every state that was ever committed, by epoch and revision.</summary>
internal sealed class FeedModel
{
    private readonly ConcurrentDictionary<(string Epoch, long Revision), Snapshot> _states = new();
    private readonly Random _random;
    private int _epochs;

    /// <summary>Begins with one policy.</summary>
    public FeedModel(Random random)
    {
        _random = random;
        Newest = Begin();
        Keep();
    }

    /// <summary>The newest state.</summary>
    public StoreState Newest { get; private set; }

    public SnapshotId NewestId => SnapshotId.Of(_states[(Newest.Epoch, Newest.Revision)]);

    /// <summary>The resources for which an executor has to refuse the newest state.</summary>
    public IReadOnlyList<ResourceKey> Faulty
    {
        get
        {
            var snapshot = _states[(Newest.Epoch, Newest.Revision)];
            return [.. SnapshotFaults.ByResource(snapshot, SnapshotMapping.ToDomain(snapshot).Faults, inUse: null).Select(refused => ResourceKey.Of(refused.Resource))];
        }
    }

    public bool IsKnown(SnapshotId id) => _states.TryGetValue((id.Epoch, id.Revision), out var snapshot) && SnapshotDigest.Of(snapshot) == id.Digest;

    public bool IsWorthADelta(SnapshotId from, SnapshotId to) =>
        from.Epoch == to.Epoch
        && to.Revision - from.Revision < FeedReplica.HistorySize
        && _states.TryGetValue((from.Epoch, from.Revision), out var before)
        && _states.TryGetValue((to.Epoch, to.Revision), out var after)
        && SnapshotDeltas.Between(before, from.Digest, after).CalculateSize() < after.CalculateSize();

    /// <summary>Changes something, most often well.</summary>
    public void Change()
    {
        var name = $"policy-{_random.Next(6)}";
        Commit(_random.Next(10) switch
        {
            < 5 => new StoreChange.PutPolicy(Policy(name, $"uniform:r=0.{_random.Next(1, 10)}")),
            5 => new StoreChange.PutPolicy(Policy(name, "nonsense")),
            6 => new StoreChange.PutPolicy(BySchedule(name)),
            7 => new StoreChange.DeletePolicy(name),
            8 => new StoreChange.PutSchedule(new Schedule { Id = ScheduleId(_random.Next(3)), Model = "*", Spec = "uniform:r=0.5" }),
            _ => new StoreChange.DeleteSchedule(ScheduleId(_random.Next(3))),
        });
    }

    /// <summary>Removes what is faulty.</summary>
    public void Mend()
    {
        foreach (var key in Faulty)
        {
            Commit(key.Kind == ResourceKind.Policy ? new StoreChange.DeletePolicy(key.Name) : new StoreChange.DeleteSchedule(key.Name));
        }
    }

    /// <summary>Begins a new history.</summary>
    public void Restart()
    {
        Newest = Begin();
        Keep();
    }

    private static Policy Policy(string name, string spec)
    {
        var policy = new Policy { Name = name, Model = "*" };
        policy.Rules.AddRange(Enumerable.Range(0, 6).Select(index => new ClassRule { RequestClass = $"class-{index}", Spec = "uniform:r=0.5" }));
        policy.Rules.Add(new ClassRule { RequestClass = "*", Spec = spec });
        return policy;
    }

    private Policy BySchedule(string name) =>
        new() { Name = name, Model = "*", Rules = { new ClassRule { RequestClass = "*", ScheduleId = ScheduleId(_random.Next(3)) } } };

    private static string ScheduleId(int index) => ScheduleMapping.ToDomain(new Schedule { Model = "*", Spec = $"uniform:r=0.{index + 1}" }, []).Require().Id.Value;

    private StoreState Begin() => StoreState.Empty($"epoch-{++_epochs:D6}").With(new StoreChange.PutPolicy(Policy("default", "uniform:r=0.5")));

    private void Commit(StoreChange change)
    {
        Newest = Newest.With(change);
        Keep();
    }

    private void Keep() => _states[(Newest.Epoch, Newest.Revision)] = SnapshotDigest.Canonical(ServingState.ToSnapshot(Newest));
}
