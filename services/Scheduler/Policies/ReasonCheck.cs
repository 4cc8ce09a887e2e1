using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Planning.Validation;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Checks the reason that a caller gives for a change.</summary>
internal static class ReasonCheck
{
    private const int MaxLength = 500;

    /// <summary>Returns the fault of a reason; empty if it has none.</summary>
    public static ImmutableArray<PlanFault> Faults(string reason) => reason.Length <= MaxLength && !reason.Any(char.IsControl)
        ? []
        : [new PlanFault(PlanFaultKind.InvalidArgument, "reason", $"has {reason.Length} characters; at most {MaxLength} and no control characters are allowed")];

    /// <summary>Does nothing when the reason has no fault.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static void Require(string reason)
    {
        if (Faults(reason) is { Length: > 0 } faults)
        {
            throw RpcFaults.ToException(faults);
        }
    }
}
