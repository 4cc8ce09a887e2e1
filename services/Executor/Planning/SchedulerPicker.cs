using System.Collections.Immutable;

namespace Fovea.Executor.Planning;

/// <summary>Says which scheduler to dial next.</summary>
/// <remarks>
/// Within one round each scheduler is dialled at most once; a round ends when one has answered or all were tried. Owned by one loop.
/// </remarks>
internal sealed class SchedulerPicker
{
    private readonly SchedulerDirectory _directory;
    private readonly string _executorId;
    private readonly TimeSpan _avoidFor;
    private readonly TimeProvider _time;
    private readonly HashSet<Uri> _tried = [];
    private readonly Dictionary<Uri, long> _failed = [];
    private TimeSpan? _askedWait;

    /// <summary>Begins the first round.</summary>
    public SchedulerPicker(SchedulerDirectory directory, PlanningOptions options, TimeProvider time)
    {
        _directory = directory;
        _executorId = options.EffectiveId;
        _avoidFor = options.ResolveInterval;
        _time = time;
    }

    /// <summary>The schedulers known now, the preferred one first.</summary>
    public ImmutableArray<SchedulerEndpoint> Known { get; private set; } = [];

    /// <summary>The first scheduler that has not failed lately; null when all have.</summary>
    public SchedulerEndpoint? Preferred => Known.FirstOrDefault(scheduler => !HasFailedLately(scheduler));

    /// <summary>Looks names up anew.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) =>
        Known = SchedulerOrder.Of(_executorId, await _directory.ResolveAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the first scheduler that was not tried in this round; null when all were.</summary>
    public SchedulerEndpoint? Next() => Known.FirstOrDefault(scheduler => !_tried.Contains(scheduler.Address));

    /// <summary>Begins a new round.</summary>
    public void BeginRound() => _tried.Clear();

    /// <summary>Notes that a scheduler did not accept, or that its connection broke: the others come first.</summary>
    public void Failed(SchedulerEndpoint scheduler)
    {
        _tried.Add(scheduler.Address);
        _failed[scheduler.Address] = _time.GetTimestamp();
    }

    /// <summary>Notes that a scheduler drains: the others come first, and with no other it is dialled again after this time.</summary>
    public void Drained(SchedulerEndpoint scheduler, TimeSpan retryAfter)
    {
        Failed(scheduler);
        _askedWait = retryAfter;
    }

    /// <summary>Notes that a scheduler serves.</summary>
    public void Taken(SchedulerEndpoint scheduler)
    {
        _failed.Remove(scheduler.Address);
        _askedWait = null;
    }

    /// <summary>Returns the wait that a draining scheduler asked for, once; null when none did.</summary>
    public TimeSpan? TakeAskedWait()
    {
        var wait = _askedWait;
        _askedWait = null;
        return wait;
    }

    private bool HasFailedLately(SchedulerEndpoint scheduler) =>
        _failed.TryGetValue(scheduler.Address, out var when) && _time.GetElapsedTime(when) < _avoidFor;
}
