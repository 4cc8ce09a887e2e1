using System.Collections.Concurrent;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Functional.Tests.Feed;

/// <summary>Listens to every stream, checks the order of what is said on it, and bends it now and then.</summary>
internal sealed class WireWatch
{
    private readonly ConcurrentDictionary<FeedReplica, SnapshotId> _acked = new();
    private readonly FeedModel _model;
    private int _losses;
    private int _spoils;

    /// <summary>Listens with the truth at hand.</summary>
    public WireWatch(FeedModel model) => _model = model;

    public ConcurrentQueue<string> Violations { get; } = new();

    public int Deltas;

    public int Wholes;

    public int Relists;

    public int Nacks;

    /// <summary>Lets the next update, answer or bookmark be lost.</summary>
    public void LoseNext() => Interlocked.Increment(ref _losses);

    /// <summary>Lets the next update arrive otherwise than it was sent.</summary>
    public void SpoilNext() => Interlocked.Increment(ref _spoils);

    public StreamWatch Begin(FeedReplica replica) => new(this, replica);

    private static bool Take(ref int count)
    {
        while (Volatile.Read(ref count) is var left and > 0)
        {
            if (Interlocked.CompareExchange(ref count, left - 1, left) == left)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One stream.</summary>
    internal sealed class StreamWatch(WireWatch all, FeedReplica replica)
    {
        private readonly Lock _gate = new();
        private SnapshotId _held;
        private SnapshotId _target;
        private bool _isFirst = true;
        private bool _isDone;
        private bool _isRelisted;
        private string? _unanswered;

        public WatchRequest? Request(WatchRequest request)
        {
            lock (_gate)
            {
                switch (request.KindCase)
                {
                    case WatchRequest.KindOneofCase.Subscribe:
                        var subscribe = request.Subscribe;
                        _held = _target = new SnapshotId(subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest);
                        return request;
                    case WatchRequest.KindOneofCase.Nack:
                        Interlocked.Increment(ref all.Nacks);
                        _isRelisted |= request.Nack.Relist;
                        break;
                    case WatchRequest.KindOneofCase.Relist:
                        Interlocked.Increment(ref all.Relists);
                        _isRelisted = true;
                        break;
                    case WatchRequest.KindOneofCase.Load:
                        return request;
                }
            }

            if (Take(ref all._losses))
            {
                return null;
            }

            lock (_gate)
            {
                if (request.Ack is { } ack)
                {
                    all._acked[replica] = new SnapshotId(ack.Epoch, ack.Revision, ack.Digest);
                }

                _unanswered = request.Ack is null && request.Nack is null ? _unanswered : null;
            }

            return request;
        }

        public WatchResponse? Response(WatchResponse response)
        {
            lock (_gate)
            {
                switch (response.KindCase)
                {
                    case WatchResponse.KindOneofCase.Update:
                        Update(response.Update);
                        break;
                    case WatchResponse.KindOneofCase.InitialDone:
                        Check(!_isDone, "initial_done comes once");
                        _isDone = true;
                        Bookmark(new(response.InitialDone.Epoch, response.InitialDone.Revision, response.InitialDone.Digest));
                        break;
                    case WatchResponse.KindOneofCase.Heartbeat:
                        Check(_isDone, "heartbeats come after initial_done");
                        Bookmark(new(response.Heartbeat.Epoch, response.Heartbeat.Revision, response.Heartbeat.Digest));
                        break;
                }
            }

            return Take(ref all._losses) ? null : response.Update is { } update && Take(ref all._spoils) ? Spoil(response, update) : response;
        }

        private static WatchResponse Spoil(WatchResponse response, SnapshotUpdate update)
        {
            if (update.Delta is { } delta)
            {
                delta.FromDigest = "spoilt";
            }
            else
            {
                update.Snapshot.Policies.Clear();
            }

            return response;
        }

        private void Update(SnapshotUpdate update)
        {
            var content = update.Delta?.Changes ?? update.Snapshot;
            var target = new SnapshotId(content.Epoch, content.Revision, update.Digest);
            Check(_unanswered is null, $"update {target} comes although {_unanswered} is not answered");
            Check(!target.IsOlderThan(_target), $"update {target} comes after {_target}");
            Check(_target.IsOlderThan(target) || _isRelisted || _target.Digest != target.Digest, $"update {target} comes twice");
            if (_isFirst && update.Snapshot is not null && !_isRelisted)
            {
                // What this replica was told is held, it knows, so it resumes from there.
                var isKnown = all._acked.TryGetValue(replica, out var acked) && acked == _held;
                Check(!isKnown || !all._model.IsWorthADelta(_held, target), $"update {target} is whole although {_held} is known");
            }

            Interlocked.Increment(ref update.Delta is null ? ref all.Wholes : ref all.Deltas);
            (_target, _unanswered, _isFirst, _isRelisted) = (target, update.Nonce, false, false);
        }

        private void Bookmark(SnapshotId bookmark) =>
            Check(bookmark == _target || bookmark.IsOlderThan(_held), $"bookmark {bookmark} comes although {_target} was sent last");

        private void Check(bool holds, string violation)
        {
            if (!holds)
            {
                all.Violations.Enqueue(violation);
            }
        }
    }
}
