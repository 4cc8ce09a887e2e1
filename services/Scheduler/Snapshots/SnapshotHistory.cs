using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Google.Protobuf;

namespace Fovea.Scheduler.Snapshots;

/// <summary>Keeps the states that executors were sent lately, and the differences between them, each made once for all streams.</summary>
/// <remarks>
/// Resources that two states have in common are one object, so a long history costs little more than what changed in it.
/// Safe for any number of threads.
/// </remarks>
internal sealed class SnapshotHistory
{
    private const int MaxDeltas = 256;

    private readonly Lock _gate = new();
    private readonly int _size;
    private readonly LinkedList<PastSnapshot> _states = new();
    private readonly Dictionary<(PastSnapshot From, PastSnapshot To), SnapshotDelta?> _deltas = [];
    private readonly Queue<(PastSnapshot From, PastSnapshot To)> _deltaOrder = new();

    /// <summary>Begins empty; <paramref name="size"/> states are kept.</summary>
    public SnapshotHistory(int size) => _size = size;

    /// <summary>Returns a state of the store as it is sent, and remembers it.</summary>
    public PastSnapshot Of(StoreState state)
    {
        lock (_gate)
        {
            for (var node = _states.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Id.Revision == state.Revision && node.Value.Id.Epoch == state.Epoch)
                {
                    return node.Value;
                }
            }

            var made = Make(state);
            _states.AddLast(made);
            if (_states.Count > _size)
            {
                _states.RemoveFirst();
            }

            return made;
        }
    }

    /// <summary>Returns what brings an executor from what it holds to a state: the difference when it is known and smaller, else the whole.</summary>
    /// <param name="held">What the executor holds.</param>
    /// <param name="to">What it is to hold.</param>
    /// <param name="isWhole">Whether the executor asks for the whole.</param>
    public SnapshotUpdate Update(SnapshotId held, PastSnapshot to, bool isWhole)
    {
        var update = new SnapshotUpdate { Digest = to.Id.Digest };
        if (!isWhole && held.Epoch == to.Id.Epoch && DeltaOf(held, to) is { } delta)
        {
            update.Delta = delta;
        }
        else
        {
            update.Snapshot = to.Snapshot;
        }

        return update;
    }

    /// <summary>Returns a state that an executor holds; null when it was never sent from here, or too long ago.</summary>
    public PastSnapshot? Find(SnapshotId held)
    {
        lock (_gate)
        {
            return _states.LastOrDefault(state => state.Id == held);
        }
    }

    private SnapshotDelta? DeltaOf(SnapshotId held, PastSnapshot to)
    {
        lock (_gate)
        {
            if (Find(held) is not { } from)
            {
                return null;
            }

            if (_deltas.TryGetValue((from, to), out var known))
            {
                return known;
            }

            var made = SnapshotDeltas.Between(from.Snapshot, held.Digest, to.Snapshot);
            known = made.CalculateSize() < to.Bytes ? made : null;
            _deltas.Add((from, to), known);
            _deltaOrder.Enqueue((from, to));
            if (_deltaOrder.Count > MaxDeltas)
            {
                _deltas.Remove(_deltaOrder.Dequeue());
            }

            return known;
        }
    }

    private PastSnapshot Make(StoreState state)
    {
        var snapshot = ServingState.ToSnapshot(state);
        var shared = _states.Last is { } last ? Share(snapshot, SnapshotResources.ByKey(last.Value.Snapshot)) : SnapshotDigest.Canonical(snapshot);
        return new PastSnapshot(SnapshotId.Of(shared), shared, shared.CalculateSize());
    }

    private static Snapshot Share(Snapshot snapshot, Dictionary<ResourceKey, IMessage> known)
    {
        var shared = new Snapshot { Epoch = snapshot.Epoch, Revision = snapshot.Revision };
        foreach (var resource in SnapshotResources.In(snapshot))
        {
            var before = known.GetValueOrDefault(SnapshotResources.KeyOf(resource));
            SnapshotResources.Add(shared, before is not null && before.Equals(resource) ? before : resource);
        }

        return SnapshotDigest.Canonical(shared);
    }
}
