using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Removes policies; history keeps what they were.</summary>
internal sealed class PolicyRemoval
{
    private readonly PolicyTools _tools;
    private readonly ILogger<PolicyRemoval> _logger;

    /// <summary>Makes the part.</summary>
    public PolicyRemoval(PolicyTools tools, ILogger<PolicyRemoval> logger) => (_tools, _logger) = (tools, logger);

    /// <summary>Removes the policy that the request names.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT, NOT_FOUND, ABORTED with the current revision, FAILED_PRECONDITION while a canary runs, or UNAVAILABLE.
    /// </exception>
    public async Task<DeletePolicyResponse> RunAsync(DeletePolicyRequest request, string actor, CancellationToken cancellationToken)
    {
        ReasonCheck.Require(request.Reason);
        var note = new ChangeNote(PolicyAction.Deleted, actor, request.Reason, _tools.Time.GetUtcNow());
        StoredPolicy? previous = null;
        var state = await _tools.Store.UpdateForCallAsync(
            current =>
            {
                previous = Removable(current, request);
                return request.DryRun ? null : new StoreChange.DeletePolicy(request.Name) { Note = note };
            },
            cancellationToken);
        if (request.DryRun)
        {
            return new DeletePolicyResponse { Previous = previous };
        }

        PoliciesLog.Deleted(_logger, request.Name, state.Revision, actor, request.Reason);
        return new DeletePolicyResponse { Revision = state.Revision, Previous = previous };
    }

    private static StoredPolicy Removable(StoreState state, DeletePolicyRequest request)
    {
        var stored = PolicyErrors.Find(state, request.Name);
        CurrentRevision.Require(request.Name, stored, request.HasExpectedRevision ? request.ExpectedRevision : null);
        return stored.Canary is { } canary ? throw PolicyErrors.CanaryRuns(request.Name, canary) : stored;
    }
}
