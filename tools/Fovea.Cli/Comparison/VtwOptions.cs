using System.Collections.Immutable;

namespace Fovea.Cli.Comparison;

/// <summary>Says what VTW's search looks at.</summary>
/// <param name="Threshold">Largest mean divergence in nats.</param>
/// <param name="Samples">Indices of questions.</param>
internal sealed record VtwOptions(double Threshold, ImmutableArray<int> Samples);
