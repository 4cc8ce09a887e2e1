using Fovea.Contracts.Mapping;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Overload;

/// <summary>Knows the overload tier of every policy that has a ladder.</summary>
/// <remarks>Safe for any number of threads: one lock guards all ladders, and load is read inside it.</remarks>
internal sealed class TierBoard
{
    private readonly OverloadMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<TierBoard> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (OverloadLadder Ladder, TierLadder State)> _ladders = new(StringComparer.Ordinal);
    private readonly long _start;
    private PlanningSnapshot? _snapshot;

    /// <summary>Follows every change of load that the meter tells.</summary>
    public TierBoard(OverloadMeter meter, TimeProvider time, ILogger<TierBoard> logger)
    {
        (_meter, _time, _logger) = (meter, time, logger);
        _start = time.GetTimestamp();
        meter.Changed += Observe;
    }

    /// <summary>The highest tier of all policies now.</summary>
    public int Highest
    {
        get
        {
            lock (_gate)
            {
                ObserveAll();
                return _ladders.Values.Select(ladder => ladder.State.Tier).DefaultIfEmpty(0).Max();
            }
        }
    }

    /// <summary>Gives the tier of a policy now; 0 for one that has no ladder.</summary>
    /// <param name="snapshot">The snapshot in use, or null.</param>
    /// <param name="model">Name of the served model: ladders of policies for others are left out.</param>
    /// <param name="policy">Name of the policy.</param>
    public int TierOf(PlanningSnapshot? snapshot, string model, string policy)
    {
        lock (_gate)
        {
            Follow(snapshot, model);
            ObserveAll();
            return _ladders.TryGetValue(policy, out var ladder) ? ladder.State.Tier : 0;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Observe()
    {
        lock (_gate)
        {
            ObserveAll();
        }
    }

    private void ObserveAll()
    {
        var (load, now) = (_meter.Load, Now);
        foreach (var (policy, (_, state)) in _ladders)
        {
            var before = state.Tier;
            state.Observe(load, now);
            if (state.Tier != before)
            {
                OverloadLog.TierChanged(_logger, policy, before, state.Tier, load.Waiting, load.KvShare);
            }
        }
    }

    private void Follow(PlanningSnapshot? snapshot, string model)
    {
        if (ReferenceEquals(snapshot, _snapshot))
        {
            return;
        }

        _snapshot = snapshot;
        var laddered = (snapshot?.Policies.Policies ?? [])
            .Where(policy => policy.Ladder is not null && (policy.Model == Policy.AnyModel || policy.Model == model))
            .ToDictionary(policy => policy.Name, policy => policy.Ladder!, StringComparer.Ordinal);
        foreach (var gone in _ladders.Keys.Where(name => !laddered.ContainsKey(name)).ToList())
        {
            _ladders.Remove(gone);
        }

        foreach (var (name, ladder) in laddered)
        {
            if (!_ladders.TryGetValue(name, out var held))
            {
                _ladders[name] = (ladder, new TierLadder(ladder));
            }
            else if (!held.Ladder.Equals(ladder))
            {
                held.State.Replace(ladder, Now);
                _ladders[name] = (ladder, held.State);
            }
        }
    }
}
