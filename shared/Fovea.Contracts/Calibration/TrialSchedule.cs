using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;

namespace Fovea.Contracts.Calibration;

/// <summary>Is a candidate in the planning library's words.</summary>
public sealed record TrialSchedule
{
    /// <summary>Gets the keep rate of each layer; with <see cref="Pool"/>, shares of the tokens that averaging leaves.</summary>
    public required KeepRates Rates { get; init; }

    /// <summary>Gets the fewest vision tokens of a layer; 1 where the candidate gives none.</summary>
    public int Floor { get; init; } = 1;

    /// <summary>Gets what ranks.</summary>
    public TokenScorer Scorer { get; init; }

    /// <summary>Gets which position ids survivors carry.</summary>
    public PositionMode Positions { get; init; }

    /// <summary>Gets the seed of the random scorer.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the side of the squares that are averaged before layer 0; 0 averages none.</summary>
    public int Pool { get; init; }

    /// <summary>Gets how many first layers later candidates will share.</summary>
    public int SharedLayers { get; init; }
}
