using Fovea.Contracts.V1;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Makes snapshots of one policy with an overload ladder of mean keep rates.</summary>
internal static class LadderSnapshots
{
    /// <summary>Keeps everything in tier 0.</summary>
    public static Snapshot Of(long revision, OverloadLadder? ladder)
    {
        var snapshot = Snapshots.Of("e1", revision, new ClassRule { RequestClass = "*", Full = true });
        snapshot.Policies[0].Policy.Ladder = ladder;
        return snapshot;
    }

    /// <summary>Makes a ladder from thresholds of waiting requests.</summary>
    public static OverloadLadder Waiting(long holdMs, params (int Waiting, double Mean)[] tiers)
    {
        var ladder = new OverloadLadder { HoldMs = holdMs };
        ladder.Tiers.AddRange(tiers.Select(tier => new OverloadTier { Waiting = tier.Waiting, Budget = new Budget { MeanKeep = tier.Mean } }));
        return ladder;
    }
}
