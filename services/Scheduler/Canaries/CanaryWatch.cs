using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Canaries;

/// <summary>Looks at every running canary again and again, and ends those whose guard is broken.</summary>
/// <remarks>
/// Each scheduler judges by the counts of the whole fleet, as its board shows them, and by the refusals of the executors that are
/// connected to it; whichever finds a fault first ends the canary, by compare-and-set, so that it ends once.
/// </remarks>
internal sealed class CanaryWatch : BackgroundService
{
    private readonly ISchedulerStore _store;
    private readonly IFleetBoard _board;
    private readonly FleetRegistry _fleet;
    private readonly ICanaryEnding _ending;
    private readonly CanaryTools _tools;
    private readonly Dictionary<CanaryKey, CanaryEvidence> _evidence = [];

    /// <summary>Makes the watch.</summary>
    public CanaryWatch(ISchedulerStore store, IFleetBoard board, FleetRegistry fleet, ICanaryEnding ending, CanaryTools tools)
    {
        _store = store;
        _board = board;
        _fleet = fleet;
        _ending = ending;
        _tools = tools;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var state = _store.Current;
                if (await LookAsync(state, stoppingToken))
                {
                    await _store.WaitForChangeAsync(state, _tools.Options.Interval, _tools.Time, stoppingToken);
                }
                else
                {
                    await _store.WaitForChangeAsync(state, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The scheduler stops.
        }
    }

    /// <summary>Looks once; false when no canary runs.</summary>
    private async Task<bool> LookAsync(StoreState state, CancellationToken cancellationToken)
    {
        var running = state.Policies.Values.Where(stored => stored.Canary is not null).ToDictionary(stored => CanaryKey.Of(stored, state.Epoch));
        foreach (var over in _evidence.Keys.Where(key => !running.ContainsKey(key)).ToList())
        {
            _evidence.Remove(over);
        }

        if (running.Count == 0)
        {
            return false;
        }

        var (fleet, refusals) = (_board.List(), _fleet.Refusals());
        foreach (var (key, stored) in running)
        {
            await JudgeAsync(key, stored.Canary, (fleet, refusals), cancellationToken);
        }

        return true;
    }

    private async Task JudgeAsync(
        CanaryKey key,
        Canary canary,
        (IReadOnlyList<ExecutorStatus> Fleet, IReadOnlyList<SnapshotRefusal> Refusals) seen,
        CancellationToken cancellationToken)
    {
        try
        {
            var verdict = Refused(key, seen.Refusals) ?? Judge(key, canary, seen.Fleet);
            if (!verdict.IsBroken)
            {
                CanariesLog.Judged(_tools.Logger, key.Policy, key.Revision, verdict.Finding, verdict.Reason);
            }
            else if (await _ending.FailAsync(key.Policy, key.Revision, verdict.Reason, cancellationToken))
            {
                _tools.Metrics.Ended(verdict.Finding);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One that cannot be judged or ended now must not keep the others from it, nor the next look.
            CanariesLog.Failed(_tools.Logger, key.Policy, key.Revision, e);
        }
    }

    private static CanaryVerdict? Refused(CanaryKey key, IReadOnlyList<SnapshotRefusal> refusals)
    {
        var refusal = refusals.FirstOrDefault(refusal => refusal.Epoch == key.Epoch && refusal.Revision >= key.Revision);
        return refusal is null ? null : new CanaryVerdict(
            CanaryFinding.Refused, $"executor '{refusal.ExecutorId}' refused revision {refusal.Revision}: {refusal.Message}");
    }

    private CanaryVerdict Judge(CanaryKey key, Canary canary, IReadOnlyList<ExecutorStatus> fleet)
    {
        if (!_evidence.TryGetValue(key, out var evidence))
        {
            _evidence.Add(key, evidence = new CanaryEvidence(key));
        }

        foreach (var status in fleet)
        {
            if (evidence.Take(status) is { Length: > 0 } fault)
            {
                CanariesLog.Unusable(_tools.Logger, status.ExecutorId, fault, key.Policy);
            }
        }

        return CanaryJudge.Judge(CanaryLimits.Of(canary.Guard), evidence.Canary, evidence.Rest, _tools.Options.Doubt);
    }
}
