using System.Collections.Immutable;

namespace Fovea.Cli.Comparison;

/// <summary>Is the outcome of VTW's search: the first layer without vision tokens whose divergence is small enough.</summary>
/// <param name="Layer">The layer; the model's depth, dropping nothing, where none is.</param>
/// <param name="Threshold">Largest mean divergence in nats.</param>
/// <param name="Samples">Questions that the mean is over.</param>
/// <param name="Divergences">Mean divergence of each layer tried.</param>
internal sealed record VtwChoice(int Layer, double Threshold, int Samples, ImmutableSortedDictionary<int, double> Divergences);
