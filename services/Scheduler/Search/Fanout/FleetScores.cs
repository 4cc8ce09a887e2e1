using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Holds what a candidate scored on the fleet.</summary>
/// <param name="Scores">Score of each question, null where it was not wanted any more.</param>
/// <param name="LayerForwards">Decoder layers run over prompts for it.</param>
internal sealed record FleetScores(ImmutableArray<SampleScore?> Scores, long LayerForwards);
