using System.Collections.Concurrent;
using System.Globalization;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>Matches the answers of one plan stream with its questions.</summary>
/// <remarks>Safe for many askers beside one reader.</remarks>
internal sealed class PlanSession
{
    private readonly ConcurrentDictionary<string, PendingPlan> _pending = new(StringComparer.Ordinal);
    private readonly StreamOutbox<PlanStreamRequest> _outbox;
    private readonly SilenceRule _silence;
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _ended;
    private long _asked;
    private long _silentSince;
    private int _late;

    /// <summary>Sends questions by <paramref name="outbox"/>.</summary>
    public PlanSession(StreamOutbox<PlanStreamRequest> outbox, SilenceRule silence)
    {
        _outbox = outbox;
        _silence = silence;
    }

    /// <summary>Ends when the stream has not answered for so long that it is taken for dead.</summary>
    public Task Silent => _silent.Task;

    /// <summary>Sends a question under an id of its own; null when the stream takes none.</summary>
    /// <param name="descriptor">The request.</param>
    /// <param name="applied">The snapshot that the plan is to be made by.</param>
    public PendingPlan? TryAsk(PlanDescriptor descriptor, SnapshotId applied)
    {
        // Callers choose request ids, and two of them may choose the same one.
        var question = descriptor.Clone();
        (question.AppliedEpoch, question.AppliedRevision, question.AppliedDigest) = (applied.Epoch, applied.Revision, applied.Digest);
        var pending = new PendingPlan(this, descriptor.RequestId);
        while (!_pending.TryAdd(question.RequestId, pending))
        {
            question.RequestId = string.Create(CultureInfo.InvariantCulture, $"{descriptor.RequestId}.{Interlocked.Increment(ref _asked)}");
        }

        pending.StreamId = question.RequestId;
        Interlocked.CompareExchange(ref _silentSince, _silence.Time.GetTimestamp(), 0);
        if (!_outbox.TrySend(new PlanStreamRequest { Descriptor_ = question }))
        {
            Forget(pending);
            return null;
        }

        // The stream may have ended between the look-up and the insertion; then nobody else would end the wait.
        if (_ended)
        {
            pending.End(null);
        }

        return pending;
    }

    /// <summary>Gives an answer to its question; an answer that nobody waits for any more is ignored.</summary>
    public void Answer(PlanStreamResponse response)
    {
        Volatile.Write(ref _silentSince, 0);
        Volatile.Write(ref _late, 0);
        var id = response.KindCase == PlanStreamResponse.KindOneofCase.Plan ? response.Plan.RequestId : response.Error?.RequestId;
        if (id is not null && _pending.TryRemove(id, out var pending))
        {
            pending.End(response);
        }
    }

    /// <summary>Notes that an answer did not come in time.</summary>
    public void Late()
    {
        var since = Volatile.Read(ref _silentSince);
        if (Interlocked.Increment(ref _late) >= _silence.MaxLate && since != 0 && _silence.Time.GetElapsedTime(since) >= _silence.Silence)
        {
            _silent.TrySetResult();
        }
    }

    /// <summary>Takes no more questions.</summary>
    public void Drain() => _outbox.Complete();

    /// <summary>Ends every wait without an answer.</summary>
    public void End()
    {
        _ended = true;
        _outbox.Complete();
        foreach (var pending in _pending.Values)
        {
            pending.End(null);
        }
    }

    /// <summary>Stops waiting for an answer.</summary>
    public void Forget(PendingPlan pending) => _pending.TryRemove(new KeyValuePair<string, PendingPlan>(pending.StreamId, pending));
}
