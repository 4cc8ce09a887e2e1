using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps policies as they are stored, with the version on trial beside them.</summary>
public static class StoredPolicyMapping
{
    /// <summary>Returns the policy with its revision and canary, or every fault of both.</summary>
    public static Checked<VersionedPolicy> ToDomain(Wire.StoredPolicy message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var faults = new FaultList();
        var policy = faults.Take(PolicyMapping.ToDomain(message.Policy), "policy");
        faults.Range("revision", message.Revision, 0, long.MaxValue);
        var canary = message.Canary is { } trial ? Canary(trial, message.Policy, faults) : null;
        return faults.Check(() => new VersionedPolicy(policy!, message.Revision, canary));
    }

    private static PolicyCanary? Canary(Wire.Canary message, Wire.Policy? beside, FaultList faults)
    {
        var policy = faults.Take(PolicyMapping.ToDomain(message.Policy), "canary.policy");
        if (!CanaryShare.IsShare(message.Share))
        {
            faults.Invalid("canary.share", FormattableString.Invariant($"{message.Share} is not between 0 and 1"));
        }

        faults.Range("canary.revision", message.Revision, 1, long.MaxValue);
        faults.AddRange(CanaryGuardMapping.Validate(message.Guard), "canary.guard");
        if (policy is null)
        {
            return null;
        }

        if (policy.Name != beside?.Name)
        {
            faults.Invalid("canary.policy.name", $"'{policy.Name}' is not '{beside?.Name}', the policy that it is on trial for");
        }

        return new PolicyCanary(policy, message.Share, message.Revision);
    }
}
