using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Makes the errors that calls about policies end with.</summary>
internal static class PolicyErrors
{
    /// <summary>Names the trailer that says that a watch must begin anew.</summary>
    public const string RelistKey = "fovea-relist";

    /// <summary>Returns the policy of that name.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public static StoredPolicy Find(StoreState state, string name) => state.Policies.GetValueOrDefault(name) ?? throw NotFound(name);

    /// <summary>Makes NOT_FOUND.</summary>
    public static RpcException NotFound(string name) => new(new Status(StatusCode.NotFound, $"no policy '{name}' is stored"));

    /// <summary>Makes FAILED_PRECONDITION.</summary>
    public static RpcException Precondition(string message) => new(new Status(StatusCode.FailedPrecondition, message));

    /// <summary>Makes FAILED_PRECONDITION for a canary that is in the way.</summary>
    public static RpcException CanaryRuns(string name, Canary canary) => Precondition(FormattableString.Invariant(
        $"policy '{name}' has a canary since revision {canary.Revision}, on a share of {canary.Share}: promote or abort it first"));

    /// <summary>Makes OUT_OF_RANGE for a watch that cannot go on where it asks to.</summary>
    public static RpcException Relist(string message) => new(
        new Status(StatusCode.OutOfRange, $"{message}; watch again without after_revision"), new Metadata { { RelistKey, "true" } });
}
