using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds one finished trial: all that a search needs to go on from it without scoring it again.</summary>
internal sealed record TrialRecord
{
    /// <summary>Gets its place among all trials of the search, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the layer searched (G-Search), the budget's place in the options (P-Sigmoid), or the layer tried (VTW).</summary>
    public required int Step { get; init; }

    /// <summary>Gets the keep rate of each layer.</summary>
    public required KeepRates Rates { get; init; }

    /// <summary>Gets the counts for the largest number of vision tokens.</summary>
    public required ImmutableArray<int> Counts { get; init; }

    /// <summary>Gets the mean loss over the samples scored.</summary>
    public required double MeanLoss { get; init; }

    /// <summary>Gets the number of samples scored.</summary>
    public required int Scored { get; init; }

    /// <summary>Gets whether it ended early because the rest could change nothing.</summary>
    public required bool Raced { get; init; }

    /// <summary>Gets whether it keeps the metric (G-Search, VTW), or is the best of its budget so far (P-Sigmoid).</summary>
    public required bool Passed { get; init; }

    /// <summary>Gets the decoder layers run over prompts for it.</summary>
    public required long LayerForwards { get; init; }

    /// <summary>Gets the sigmoid of the rates (P-Sigmoid), or null.</summary>
    public SigmoidSpec? Curve { get; init; }
}
