using Fovea.Cli.Generation;

namespace Fovea.Cli.Demo;

/// <summary>Holds what changing the policy under way did.</summary>
/// <param name="Before">Last answer by the old policy.</param>
/// <param name="After">The same question by the new one.</param>
/// <param name="OldRevision">Revision of the old policy.</param>
/// <param name="NewRevision">Revision of the new one.</param>
/// <param name="Refusal">Status of an attempt to change it once more from the old revision.</param>
internal sealed record DemoSwap(GenerationAnswer Before, GenerationAnswer After, long OldRevision, long NewRevision, string Refusal);
