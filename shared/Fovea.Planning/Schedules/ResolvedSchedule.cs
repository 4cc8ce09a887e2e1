using System.Collections.Immutable;

namespace Fovea.Planning.Schedules;

/// <summary>Gives the rates of every layer of one model, and the floor they were made with.</summary>
/// <param name="Rates">Keep rate of each layer, of the tokens that enter layer 0.</param>
/// <param name="Floor">Fewest tokens a layer keeps, or null to use the policy's.</param>
public sealed record ResolvedSchedule(KeepRates Rates, int? Floor)
{
    /// <summary>Gets the side of the squares of vision tokens that are averaged before layer 0; 0 averages none.</summary>
    public int Pool { get; init; }

    /// <summary>Gets the tokens that are left of the request's after averaging, or null if none are averaged.</summary>
    public int? PooledTokens { get; init; }

    /// <summary>Gets the written form of what was made for the request, or null where the schedule's own form says it.</summary>
    public string? Text { get; init; }

    /// <summary>Returns the tokens that enter each layer.</summary>
    /// <param name="visionTokens">Vision tokens of the request, N.</param>
    /// <param name="policyFloor">The floor where the schedule brings none.</param>
    public ImmutableArray<int> Counts(int visionTokens, int policyFloor) =>
        KeepCounts.From(Rates, PooledTokens ?? visionTokens, Floor ?? policyFloor);

    /// <summary>Returns the tokens of each image that enter each layer, where each keeps its own share.</summary>
    /// <param name="imageTokens">Vision tokens of each image.</param>
    /// <param name="policyFloor">The floor where the schedule brings none.</param>
    public ImmutableArray<ImmutableArray<int>> ImageCounts(ImmutableArray<int> imageTokens, int policyFloor) =>
        [.. imageTokens.Select(tokens => KeepCounts.From(Rates, tokens, Floor ?? policyFloor))];
}
