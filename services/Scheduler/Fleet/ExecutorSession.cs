using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Fleet;

/// <summary>Is one feed stream of one executor: what was pushed on it and what the executor said about that.</summary>
/// <remarks>A session that a newer one of the same executor has replaced still answers, but the registry no longer shows it.</remarks>
internal sealed class ExecutorSession
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Snapshot> _unanswered = new(StringComparer.Ordinal);
    private readonly ExecutorStatus _status;
    private long _heard;
    private int _pushes;
    private volatile SnapshotRefusal? _refusal;

    /// <summary>Begins with what the executor says it holds.</summary>
    public ExecutorSession(Subscribe subscribe, TimeProvider time)
    {
        _time = time;
        _heard = time.GetTimestamp();
        _status = new ExecutorStatus
        {
            ExecutorId = subscribe.ExecutorId,
            Address = subscribe.Address,
            Model = subscribe.Model.Clone(),
            Connected = true,
            AppliedEpoch = subscribe.HeldEpoch,
            AppliedRevision = subscribe.HeldRevision,
            Load = new LoadReport(),
        };
    }

    /// <summary>Gets the executor's id.</summary>
    public string ExecutorId => _status.ExecutorId;

    /// <summary>Gets the address at which the executor serves requests.</summary>
    public string Address => _status.Address;

    /// <summary>Gets a task that completes when a newer session of the same executor begins.</summary>
    public Task Replaced => _replaced.Task;

    /// <summary>Gets the seconds since the executor was last heard.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _heard));

    /// <summary>Gets the newest refusal on this stream, or null; a snapshot in use since then does not undo it.</summary>
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

    /// <summary>Gets the number of pushes that were not answered yet.</summary>
    public int Unanswered
    {
        get
        {
            lock (_gate)
            {
                return _unanswered.Count;
            }
        }
    }

    /// <summary>Remembers a snapshot as pushed and returns the nonce it is answered by.</summary>
    public string Push(Snapshot snapshot)
    {
        lock (_gate)
        {
            var nonce = (++_pushes).ToString(CultureInfo.InvariantCulture);
            _unanswered.Add(nonce, snapshot);
            return nonce;
        }
    }

    /// <summary>Records that the snapshot is in use; returns false, with nothing recorded, unless it was pushed as acknowledged.</summary>
    public bool Acknowledge(Ack ack)
    {
        lock (_gate)
        {
            Hear();
            if (!_unanswered.TryGetValue(ack.Nonce, out var pushed) || (pushed.Epoch, pushed.Revision) != (ack.Epoch, ack.Revision))
            {
                return false;
            }

            _unanswered.Remove(ack.Nonce);
            (_status.AppliedEpoch, _status.AppliedRevision, _status.LastNack) = (ack.Epoch, ack.Revision, string.Empty);
            return true;
        }
    }

    /// <summary>Records that the snapshot was refused and returns it; null, with nothing recorded, when it was not pushed.</summary>
    public Snapshot? Refuse(Nack nack)
    {
        lock (_gate)
        {
            Hear();
            if (_unanswered.Remove(nack.Nonce, out var pushed))
            {
                var faults = nack.Faults.Select(fault => $"{fault.Field}: {fault.Message}").Prepend(nack.Message);
                var message = string.Join("; ", faults);
                _status.LastNack = $"revision {pushed.Revision}: {message}";
                _refusal = new SnapshotRefusal(ExecutorId, pushed.Epoch, pushed.Revision, message);
            }

            return pushed;
        }
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
            var lost = _unanswered.Count;
            _unanswered.Clear();
            return lost;
        }
    }

    /// <summary>Returns what is known now, as a copy.</summary>
    public ExecutorStatus ToStatus()
    {
        lock (_gate)
        {
            var status = _status.Clone();
            status.SilentSeconds = Silence.TotalSeconds;
            return status;
        }
    }

    /// <summary>Tells the stream to end because a newer one has begun.</summary>
    public void Replace() => _replaced.TrySetResult();

    private void Hear() => Volatile.Write(ref _heard, _time.GetTimestamp());
}
