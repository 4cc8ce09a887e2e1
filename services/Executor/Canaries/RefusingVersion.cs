using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Canaries;

/// <summary>Finds the version of a policy whose rules refuse a request.</summary>
/// <remarks>
/// While a canary runs, a refusal speaks against a version only if the other one would have planned the request. So what is wrong with
/// the request itself, or with the policy on both sides, ends no canary, whoever sends it and under whatever id.
/// </remarks>
internal sealed class RefusingVersion
{
    private readonly SnapshotStore _snapshots;
    private readonly PlanDecider _decider = new();

    /// <summary>Judges by the snapshot in use.</summary>
    public RefusingVersion(SnapshotStore snapshots) => _snapshots = snapshots;

    /// <summary>Returns the version; null when no canary runs, or when the refusal is not the version's alone.</summary>
    /// <param name="descriptor">The request that was refused.</param>
    /// <param name="model">The loaded model.</param>
    public Provenance? Find(PlanDescriptor descriptor, ModelProfile model)
    {
        if (_snapshots.Current is not { } snapshot || !snapshot.CanaryPolicies.Any() || _decider.Decide(snapshot, model, descriptor).IsValid)
        {
            return null;
        }

        var beside = _decider.DecideBeside(snapshot, model, descriptor);
        if (!beside.IsValid || snapshot.Policies.FindVersions(beside.PolicyName, model.Name) is not { Canary: { } canary } stored)
        {
            return null;
        }

        var isCanary = !beside.IsCanary;
        return new Provenance { Policy = beside.PolicyName, PolicyRevision = isCanary ? canary.Revision : stored.Revision, Canary = isCanary };
    }
}
