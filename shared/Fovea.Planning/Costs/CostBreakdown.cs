using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Costs;

/// <summary>Splits the floating-point operations of one prefill by where they are spent, and adds what the cache takes.</summary>
public sealed record CostBreakdown
{
    /// <summary>Gets the rule the operations were counted by.</summary>
    public required CostAccounting Accounting { get; init; }

    /// <summary>Gets the FLOPs of the vision encoder for all tiles.</summary>
    public required double Vision { get; init; }

    /// <summary>Gets the FLOPs of the projector for all vision tokens.</summary>
    public required double Projector { get; init; }

    /// <summary>Gets the FLOPs of each decoder layer, ranking not included.</summary>
    public required ImmutableArray<double> Layers { get; init; }

    /// <summary>Gets the FLOPs of all rankings; 0 in paper accounting.</summary>
    public required double Ranking { get; init; }

    /// <summary>Gets the FLOPs of the output matrix.</summary>
    public required double Head { get; init; }

    /// <summary>Gets the FLOPs of the language model: layers, rankings and output matrix.</summary>
    public required double LanguageFlops { get; init; }

    /// <summary>Gets the bytes of keys and values after the prefill, all layers together.</summary>
    public required long KvBytes { get; init; }

    /// <summary>Gets the mean over the layers of the share of vision tokens kept; 1 if there are none.</summary>
    public required double MeanKeep { get; init; }

    /// <summary>Gets all FLOPs.</summary>
    public double Total => Vision + Projector + LanguageFlops;

    /// <summary>Gets all FLOPs in units of 10^12.</summary>
    public double TotalTflops => Total / 1e12;

    /// <summary>Returns whether both hold the same numbers.</summary>
    public bool Equals(CostBreakdown? other) =>
        other is not null
        && (Accounting, Vision, Projector, Ranking, Head) == (other.Accounting, other.Vision, other.Projector, other.Ranking, other.Head)
        && (KvBytes, MeanKeep) == (other.KvBytes, other.MeanKeep)
        && Sequences.AreEqual(Layers, other.Layers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Accounting, Total, KvBytes, MeanKeep);
}
