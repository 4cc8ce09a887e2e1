using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Plans;
using DomainPolicy = Fovea.Planning.Policies.Policy;

namespace Fovea.Scheduler.Policies;

/// <summary>Checks a policy by itself, against the stored schedules, and against every known model it is for.</summary>
internal static class PolicyCheck
{
    /// <summary>Returns the policy in its normal form, defaults written out.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with every fault.</exception>
    public static Policy Require(Policy? policy, ServingState serving)
    {
        var draft = PolicyMapping.Draft(policy, out var own);
        var faults = draft is null ? own : PolicyMapping.Union(own, serving.Planning.FaultsOf(Checkable(draft), serving.ModelList));
        return faults.Length == 0 ? PolicyMapping.ToProto(draft!) : throw RpcFaults.ToException(faults, Grpc.Core.StatusCode.InvalidArgument);
    }

    /// <summary>Returns the draft with floors that schedules can be tried with.</summary>
    private static DomainPolicy Checkable(DomainPolicy draft) => draft with { Floor = Math.Max(draft.Floor, 0) };
}
