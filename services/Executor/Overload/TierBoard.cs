using Fovea.Contracts.Mapping;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Overload;

/// <summary>Knows the overload tier of every policy, and of every canary, that has a ladder.</summary>
/// <remarks>Safe for any number of threads: one lock guards all ladders, and load is read inside it.</remarks>
internal sealed class TierBoard
{
    private readonly OverloadMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<TierBoard> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Policy, bool IsCanary), (OverloadLadder Ladder, TierLadder State)> _ladders = [];
    private readonly long _start;
    private PlanningSnapshot? _snapshot;

    /// <summary>Follows every change of load that the meter tells.</summary>
    public TierBoard(OverloadMeter meter, TimeProvider time, ILogger<TierBoard> logger)
    {
        (_meter, _time, _logger) = (meter, time, logger);
        _start = time.GetTimestamp();
        meter.Changed += () => Observe(isPressed: false);
        meter.Pressed += () => Observe(isPressed: true);
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

    /// <summary>Gives the tier of the policy, or of its canary, that serves a request now; 0 when it has no ladder.</summary>
    /// <param name="snapshot">The snapshot in use, or null.</param>
    /// <param name="model">Name of the served model: ladders of policies for others are left out.</param>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="requestId">Id of the request, by which a canary is chosen.</param>
    public int TierOf(PlanningSnapshot? snapshot, string model, string policy, string requestId)
    {
        var isCanary = snapshot?.Policies.FindVersions(policy, model)?.VersionFor(requestId).IsCanary ?? false;
        lock (_gate)
        {
            Follow(snapshot, model);
            ObserveAll();
            return _ladders.TryGetValue((policy, isCanary), out var ladder) ? ladder.State.Tier : 0;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Observe(bool isPressed)
    {
        lock (_gate)
        {
            ObserveAll(isPressed);
        }
    }

    private void ObserveAll(bool isPressed = false)
    {
        var (load, now) = (_meter.Load, Now);
        foreach (var (policy, (_, state)) in _ladders)
        {
            var before = state.Tier;
            state.Observe(load, now);
            if (isPressed)
            {
                state.Press(now);
            }

            if (state.Tier != before)
            {
                OverloadLog.TierChanged(_logger, policy.IsCanary ? $"{policy.Policy} (canary)" : policy.Policy, before, state.Tier, load.Waiting, load.KvShare);
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
        var laddered = (snapshot?.Policies.Versions ?? [])
            .SelectMany(Serving)
            .Where(version => version.Policy.Ladder is not null && (version.Policy.Model == Policy.AnyModel || version.Policy.Model == model))
            .ToDictionary(version => (version.Policy.Name, version.IsCanary), version => version.Policy.Ladder!);
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

    private static IEnumerable<(Policy Policy, bool IsCanary)> Serving(VersionedPolicy stored)
    {
        yield return (stored.Policy, false);
        if (stored.Canary is { } canary)
        {
            yield return (canary.Policy, true);
        }
    }
}
