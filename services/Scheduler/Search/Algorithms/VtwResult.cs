using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds the layer that VTW's search found.</summary>
/// <param name="Layer">First layer without vision tokens (K); the number of layers when no withdrawal is close enough.</param>
/// <param name="Trials">Every trial, in order.</param>
internal sealed record VtwResult(int Layer, ImmutableArray<TrialRecord> Trials);
