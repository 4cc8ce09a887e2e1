using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds what a candidate scored so far.</summary>
/// <param name="Losses">
/// Loss of each sample, not negative, NaN where not scored: 1 - correct (accuracy), 1 - agrees (agreement), or nats (nll, kl).
/// </param>
/// <param name="LayerForwards">Decoder layers run over prompts for it.</param>
internal sealed record TrialScores(ImmutableArray<double> Losses, long LayerForwards)
{
    /// <summary>Gets the number of samples scored.</summary>
    public int Scored { get; } = Losses.Count(loss => !double.IsNaN(loss));

    /// <summary>Gets whether every sample was scored.</summary>
    public bool IsComplete => Scored == Losses.Length;

    /// <summary>Gets the mean loss over the samples scored; NaN when there are none.</summary>
    public double MeanLoss => Scored == 0 ? double.NaN : Losses.Where(loss => !double.IsNaN(loss)).Sum() / Scored;
}
