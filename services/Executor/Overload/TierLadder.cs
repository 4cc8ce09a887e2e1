using Fovea.Planning.Policies;

namespace Fovea.Executor.Overload;

/// <summary>Is where one policy's overload ladder stands: up as soon as a threshold is reached, down one tier at a time.</summary>
/// <remarks>
/// A request that is refused because others wait takes the ladder one tier up, too: short deadlines and a short queue refuse before
/// any threshold is reached, and budgets have to fall before that goes on.
/// Load is taken as constant between two observations. A tier is left after load stayed below its thresholds times the recover
/// share for the hold; the next one not before another hold. Example with thresholds 4 and 8, recover share 0.75, hold 5 s:
/// <code>
/// second     0   1   2   3 ... 7   8 ... 13
/// waiting    9   5   5   2     2   2     2
/// tier       2   2   2   2     1   1     0     calm for tier 2 (below 6) since 1 s... left at 6 s, tier 1 (below 3) at 11 s
/// </code>
/// Not safe for concurrent use; <see cref="TierBoard"/> guards it.
/// </remarks>
internal sealed class TierLadder
{
    private OverloadLadder _ladder;
    private OverloadLoad _load;
    private TimeSpan? _calmSince;

    /// <summary>Starts below the first tier.</summary>
    public TierLadder(OverloadLadder ladder) => _ladder = ladder;

    /// <summary>The tier in force when load was last observed; 0 is the policy as it stands.</summary>
    public int Tier { get; private set; }

    /// <summary>Takes the load from now on.</summary>
    /// <param name="load">The load.</param>
    /// <param name="now">Time on a clock that never goes back.</param>
    public void Observe(OverloadLoad load, TimeSpan now)
    {
        Settle(now);
        _load = load;
        Tier = Math.Max(Tier, Reached());
        _calmSince = IsCalm() ? _calmSince ?? now : null;
    }

    /// <summary>Goes one tier up, and begins the hold anew, because a request was refused.</summary>
    public void Press(TimeSpan now)
    {
        Settle(now);
        Tier = _ladder.Clamp(Tier + 1);
        _calmSince = IsCalm() ? now : null;
    }

    /// <summary>Goes on by another ladder: what its thresholds call for at once, else the tier as it was or its last.</summary>
    public void Replace(OverloadLadder ladder, TimeSpan now)
    {
        Settle(now);
        _ladder = ladder;
        Tier = ladder.Clamp(Tier);
        _calmSince = null;
        Observe(_load, now);
    }

    /// <summary>Leaves the tiers for which the last load was calm long enough.</summary>
    private void Settle(TimeSpan now)
    {
        while (_calmSince is { } since && now - since >= _ladder.Hold)
        {
            Tier--;
            _calmSince = IsCalm() ? since + _ladder.Hold : null;
        }
    }

    private int Reached()
    {
        for (var tier = _ladder.Tiers.Length; tier > 0; tier--)
        {
            var (waiting, kvShare, _) = _ladder.Tiers[tier - 1];
            if ((waiting > 0 && _load.Waiting >= waiting) || (kvShare > 0 && _load.KvShare >= kvShare))
            {
                return tier;
            }
        }

        return 0;
    }

    private bool IsCalm()
    {
        if (Tier == 0)
        {
            return false;
        }

        var (waiting, kvShare, _) = _ladder.Tiers[Tier - 1];
        return (waiting == 0 || _load.Waiting < waiting * _ladder.RecoverShare)
            && (kvShare == 0 || _load.KvShare < kvShare * _ladder.RecoverShare);
    }
}
