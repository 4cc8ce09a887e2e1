using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Policies;

/// <summary>Is what a policy shall become, decided against one state of the store.</summary>
/// <param name="Previous">What is stored; null if nothing is.</param>
/// <param name="Policy">The policy from now on.</param>
/// <param name="Canary">The canary beside it from now on; null for none.</param>
/// <param name="Action">How the version comes about.</param>
internal sealed record PolicyDecision(StoredPolicy? Previous, Policy Policy, Canary? Canary, PolicyAction Action)
{
    /// <summary>Gets whether anything changes.</summary>
    public bool IsChanged => !Policy.Equals(Previous?.Policy) || !Equals(Canary, Previous?.Canary);
}
