using System.Globalization;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace Fovea.Scheduler.Fleet;

/// <summary>Is one feed stream of one executor: what was pushed on it and what the executor said about that.</summary>
/// <remarks>
/// One push is under way at a time, so what the executor holds is known whenever the next is made.
/// A session that a newer one of the same executor has replaced still answers, but the registry no longer shows it.
/// </remarks>
internal sealed class ExecutorSession
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutorStatus _status;
    private TaskCompletionSource _answered = NewSignal();
    private SessionPush? _push;
    private SnapshotId _held;
    private SnapshotId _refused = SnapshotId.None;
    private bool _wantsWhole;
    private long _heard;
    private int _pushes;
    private volatile SnapshotRefusal? _refusal;

    /// <summary>Begins with what the executor says it holds.</summary>
    public ExecutorSession(Subscribe subscribe, TimeProvider time)
    {
        _time = time;
        _heard = time.GetTimestamp();
        _held = new SnapshotId(subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest);
        _status = new ExecutorStatus
        {
            ExecutorId = subscribe.ExecutorId,
            Address = subscribe.Address,
            Model = subscribe.Model.Clone(),
            Connected = true,
            Load = new LoadReport(),
            SessionStarted = subscribe.SessionStarted ?? Timestamp.FromDateTimeOffset(time.GetUtcNow()),
        };
    }

    /// <summary>Gets the executor's id.</summary>
    public string ExecutorId => _status.ExecutorId;

    /// <summary>Gets the address at which the executor serves requests.</summary>
    public string Address => _status.Address;

    /// <summary>Gets a task that completes when a newer session of the same executor begins.</summary>
    public Task Replaced => _replaced.Task;

    /// <summary>Gets a task that completes when the executor next answers or asks for the whole. Whoever takes it before looking misses nothing.</summary>
    public Task Answered => Volatile.Read(ref _answered).Task;

    /// <summary>Gets the seconds since the executor was last heard.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _heard));

    /// <summary>
    /// Gets the newest refusal on this stream of what a snapshot holds, or null; a snapshot in use since then does not undo it. That a
    /// difference does not fit, or that a newer snapshot is in use, is no such refusal.
    /// </summary>
    public SnapshotRefusal? Refusal => _refusal;

    /// <summary>Gets whether the stream has not ended.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _status.Connected;
            }
        }
    }

    /// <summary>Gets what the executor holds, as it has said last.</summary>
    public SnapshotId Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>Gets how long the push under way has waited for its answer; null when none is.</summary>
    public TimeSpan? Waiting
    {
        get
        {
            lock (_gate)
            {
                return _push is { } push ? _time.GetElapsedTime(push.Timestamp) : null;
            }
        }
    }

    /// <summary>Returns what the executor lacks to hold a snapshot.</summary>
    public FeedNeed NeedOf(SnapshotId target)
    {
        lock (_gate)
        {
            return _push is not null || _held == target || target.IsOlderThan(_held) ? FeedNeed.Nothing
                : _wantsWhole ? FeedNeed.Whole
                : _refused == target ? FeedNeed.Nothing
                : FeedNeed.Update;
        }
    }

    /// <summary>Remembers a snapshot as pushed and returns the nonce it is answered by.</summary>
    public string Push(SnapshotId target, bool isWhole)
    {
        lock (_gate)
        {
            var nonce = (++_pushes).ToString(CultureInfo.InvariantCulture);
            _push = new SessionPush(nonce, target, isWhole, _time.GetTimestamp());
            _wantsWhole = false;
            return nonce;
        }
    }

    /// <summary>Records that the snapshot is in use; returns false, with nothing recorded, unless it was pushed as acknowledged.</summary>
    public bool Acknowledge(Ack ack)
    {
        lock (_gate)
        {
            Hear();
            if (_push is not { } push || push.Nonce != ack.Nonce || push.Target != new SnapshotId(ack.Epoch, ack.Revision, ack.Digest))
            {
                return false;
            }

            (_push, _held, _refused, _wantsWhole) = (null, push.Target, SnapshotId.None, false);
            ShowAnswer(string.Empty, 0, []);
        }

        Signal();
        return true;
    }

    /// <summary>Records that the snapshot was refused and returns its id; null, with nothing recorded, when it was not pushed.</summary>
    public SnapshotId? Refuse(Nack nack)
    {
        SnapshotId refused;
        lock (_gate)
        {
            Hear();
            if (_push is not { } push || push.Nonce != nack.Nonce)
            {
                return null;
            }

            // A whole snapshot that does not suit would hardly suit at once; the executor asks again with the next heartbeat.
            refused = push.Target;
            (_push, _refused, _wantsWhole) = (null, refused, nack.Relist && !push.IsWhole);
            Hold(new SnapshotId(nack.HeldEpoch, nack.HeldRevision, nack.HeldDigest));
            var faults = nack.Faults.Select(fault => $"{fault.Field}: {fault.Message}").Prepend(nack.Message);
            var message = string.Join("; ", faults);
            ShowAnswer($"revision {refused.Revision}: {message}", refused.Revision, nack.Resources);
            var isBehind = nack.HeldEpoch == refused.Epoch && nack.HeldRevision > refused.Revision;
            _refusal = nack.Relist || isBehind ? _refusal : new SnapshotRefusal(ExecutorId, refused.Epoch, refused.Revision, message);
        }

        Signal();
        return refused;
    }

    /// <summary>Records that the executor asks for the whole snapshot.</summary>
    public void Relist(Relist relist)
    {
        lock (_gate)
        {
            Hear();
            Hold(new SnapshotId(relist.HeldEpoch, relist.HeldRevision, relist.HeldDigest));
            _wantsWhole = true;
        }

        Signal();
    }

    /// <summary>Records the executor's load.</summary>
    public void Report(LoadReport load)
    {
        lock (_gate)
        {
            Hear();
            _status.Load = load;
        }
    }

    /// <summary>Ends the session and returns how many pushes were never answered.</summary>
    public int Disconnect()
    {
        lock (_gate)
        {
            _status.Connected = false;
            var lost = _push is null ? 0 : 1;
            _push = null;
            return lost;
        }
    }

    /// <summary>Returns what is known now, as a copy.</summary>
    public ExecutorStatus ToStatus()
    {
        lock (_gate)
        {
            var status = _status.Clone();
            (status.AppliedEpoch, status.AppliedRevision, status.AppliedDigest) = (_held.Epoch, _held.Revision, _held.Digest);
            status.SilentSeconds = Silence.TotalSeconds;
            return status;
        }
    }

    /// <summary>Tells the stream to end because a newer one has begun.</summary>
    public void Replace() => _replaced.TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Hold(SnapshotId told) => _held = told.IsNone ? _held : told;

    private void ShowAnswer(string lastNack, long refusedRevision, IEnumerable<RefusedResource> refused)
    {
        (_status.LastNack, _status.RefusedRevision) = (lastNack, refusedRevision);
        _status.Refused.Clear();
        _status.Refused.AddRange(refused);
    }

    private void Signal() => Interlocked.Exchange(ref _answered, NewSignal()).SetResult();

    private void Hear() => Volatile.Write(ref _heard, _time.GetTimestamp());
}
