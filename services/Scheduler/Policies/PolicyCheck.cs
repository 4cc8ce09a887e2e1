using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Snapshots;
using DomainPolicy = Fovea.Planning.Policies.Policy;

namespace Fovea.Scheduler.Policies;

/// <summary>Checks a policy by itself, against the stored schedules, and against every known model it is for.</summary>
internal static class PolicyCheck
{
    /// <summary>Returns every fault; with none, <paramref name="normal"/> is the policy in its normal form, defaults written out.</summary>
    public static ImmutableArray<PlanFault> Faults(Policy? policy, ServingState serving, out Policy normal)
    {
        var draft = PolicyMapping.Draft(policy, out var own);
        var faults = draft is null ? own : PolicyMapping.Union(own, serving.Planning.FaultsOf(Checkable(draft), serving.ModelList));
        normal = faults.IsEmpty ? PolicyMapping.ToProto(draft!) : new Policy();
        return faults;
    }

    /// <summary>Returns the draft with floors that schedules can be tried with.</summary>
    private static DomainPolicy Checkable(DomainPolicy draft) => draft with
    {
        Floor = Math.Max(draft.Floor, 0),
        Rules = [.. draft.Rules.Select(rule => rule with { Floor = rule.Floor is { } floor ? Math.Max(floor, 0) : null })],
    };
}
