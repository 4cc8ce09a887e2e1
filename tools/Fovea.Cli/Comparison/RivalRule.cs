using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Is a method's schedule in its written form, with what ranks and how positions are counted.</summary>
/// <param name="Method">The method.</param>
/// <param name="Spec">Written form.</param>
/// <param name="Scorer">What ranks.</param>
/// <param name="Positions">Position ids after a drop.</param>
internal sealed record RivalRule(CompareMethod Method, string Spec, Scorer Scorer, PositionMode Positions);
