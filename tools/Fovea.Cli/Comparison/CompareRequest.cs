using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Says what a comparison compares.</summary>
internal sealed record CompareRequest
{
    /// <summary>Gets the mean keep rates.</summary>
    public required ImmutableArray<double> Budgets { get; init; }

    /// <summary>Gets the first layer before which P-Sigmoid, flat and random may drop.</summary>
    public required int FirstLayer { get; init; }

    /// <summary>Gets what ranks for P-Sigmoid and flat.</summary>
    public required Scorer Scorer { get; init; }

    /// <summary>Gets the stored schedules of P-Sigmoid, one for each budget; planned by the scheduler when empty.</summary>
    public ImmutableArray<string> PSigmoidSchedules { get; init; } = [];

    /// <summary>Gets further stored schedules.</summary>
    public ImmutableArray<string> Schedules { get; init; } = [];

    /// <summary>Gets the number of seeds of random.</summary>
    public required int RandomSeeds { get; init; }

    /// <summary>Gets whether FastV and PyramidDrop are shown with P-Sigmoid's scorer, too.</summary>
    public required bool WithSameScorer { get; init; }
}
