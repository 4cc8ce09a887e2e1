using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Lowers budgets tier by tier while an executor is overloaded, before it refuses requests.</summary>
public sealed record OverloadLadder
{
    /// <summary>The most tiers of a ladder.</summary>
    public const int MostTiers = 8;

    /// <summary>The recover share where none is said.</summary>
    public const double DefaultRecoverShare = 0.8;

    /// <summary>The milliseconds of calm before one tier is left, where none are said.</summary>
    public const long DefaultHoldMilliseconds = 5000;

    /// <summary>The most milliseconds of calm that may be asked for: one hour.</summary>
    public const long MostHoldMilliseconds = 3_600_000;

    /// <summary>Gets the tiers from mild to severe; tier 0, the policy as it stands, is not among them.</summary>
    public required ImmutableArray<OverloadTier> Tiers { get; init; }

    /// <summary>Gets the share of a tier's thresholds below which load must stay before the tier is left; above 0 and below 1.</summary>
    public double RecoverShare { get; init; } = DefaultRecoverShare;

    /// <summary>Gets the milliseconds for which load must stay below before one tier is left.</summary>
    public long HoldMilliseconds { get; init; } = DefaultHoldMilliseconds;

    /// <summary>Gets the time for which load must stay below before one tier is left.</summary>
    public TimeSpan Hold => TimeSpan.FromMilliseconds(HoldMilliseconds);

    /// <summary>Returns the tier that a number stands for: beyond the ladder's end its last.</summary>
    public int Clamp(int tier) => Math.Clamp(tier, 0, Tiers.Length);

    /// <summary>Returns whether both say the same.</summary>
    public bool Equals(OverloadLadder? other) =>
        other is not null
        && (RecoverShare, HoldMilliseconds) == (other.RecoverShare, other.HoldMilliseconds)
        && Sequences.AreEqual(Tiers, other.Tiers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RecoverShare, HoldMilliseconds, Sequences.Hash(Tiers));
}
