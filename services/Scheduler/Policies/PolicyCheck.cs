using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Policies;

/// <summary>Checks a policy by itself, against the stored schedules, and against every known model it is for.</summary>
internal static class PolicyCheck
{
    /// <summary>Returns the policy in its normal form, defaults written out.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with every fault.</exception>
    public static Policy Require(Policy? policy, ServingState serving)
    {
        var mapped = PolicyMapping.ToDomain(policy);
        var faults = mapped.IsValid
            ? serving.Planning.FaultsOf(mapped.Value, serving.ModelList)
            : mapped.Faults.AddRange(UnknownSchedules(policy, serving.State));
        return faults.Length == 0
            ? PolicyMapping.ToProto(mapped.Value!)
            : throw RpcFaults.ToException(faults, Grpc.Core.StatusCode.InvalidArgument);
    }

    /// <summary>Returns the references that lead nowhere, for a policy that has other faults, too.</summary>
    private static ImmutableArray<PlanFault> UnknownSchedules(Policy? policy, StoreState state)
    {
        var faults = ImmutableArray.CreateBuilder<PlanFault>();
        var rules = policy?.Rules ?? [];
        for (var index = 0; index < rules.Count; index++)
        {
            if (ScheduleId.TryParse(rules[index].HasScheduleId ? rules[index].ScheduleId : null, out var id) && !state.Schedules.ContainsKey(id.Value))
            {
                faults.Add(new PlanFault(PlanFaultKind.InvalidArgument, $"rules[{index}].schedule", $"no schedule {id} is known"));
            }
        }

        return faults.ToImmutable();
    }
}
