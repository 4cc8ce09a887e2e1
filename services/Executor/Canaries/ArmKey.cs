using Fovea.Contracts.V1;

namespace Fovea.Executor.Canaries;

/// <summary>Names one version of a policy that serves while a canary of the policy runs: the canary, or the version beside it.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Revision">Revision of the version, as in <see cref="Provenance.PolicyRevision"/>.</param>
/// <param name="IsCanary">Whether it is the canary; both may bear one revision.</param>
internal readonly record struct ArmKey(string Policy, long Revision, bool IsCanary)
{
    /// <summary>Gives the version that a plan was made by; a plan made by no policy has none.</summary>
    public static ArmKey? Of(Provenance? provenance) =>
        provenance is { Policy.Length: > 0 } ? new ArmKey(provenance.Policy, provenance.PolicyRevision, provenance.Canary) : null;
}
