using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Stores earlier versions of policies again.</summary>
internal sealed class PolicyRollback
{
    private readonly PolicyTools _tools;
    private readonly PolicyCommit _commit;

    /// <summary>Makes the part.</summary>
    public PolicyRollback(PolicyTools tools, ILogger<PolicyRollback> logger) => (_tools, _commit) = (tools, new PolicyCommit(tools, logger));

    /// <summary>Stores the version again that the request names, or the one before the current; a canary ends.</summary>
    /// <exception cref="RpcException">
    /// NOT_FOUND when history has no such version, FAILED_PRECONDITION when it is a removal or does not fit what is stored now, ABORTED
    /// with the current revision, or UNAVAILABLE.
    /// </exception>
    public async Task<ApplyPolicyResponse> RunAsync(RollbackPolicyRequest request, string actor, CancellationToken cancellationToken)
    {
        ReasonCheck.Require(request.Reason);
        var change = new ChangeRequest(actor, request.Reason, request.DryRun);
        while (true)
        {
            // History is read after the state, so it holds every version up to it; a state that came in between begins anew.
            var basis = _tools.Store.Current;
            var versions = await _tools.Store.HistoryForCallAsync(request.Name, int.MaxValue, cancellationToken);
            var response = await _commit.RunAsync(
                state => ReferenceEquals(state, basis) ? Decide(request, state, versions) : null, change, cancellationToken);
            if (response is not null)
            {
                return response;
            }
        }
    }

    private PolicyDecision Decide(RollbackPolicyRequest request, StoreState state, IReadOnlyList<PolicyVersion> versions)
    {
        var current = state.Policies.GetValueOrDefault(request.Name);
        CurrentRevision.Require(request.Name, current, request.HasExpectedRevision ? request.ExpectedRevision : null);
        var version = request.ToRevision == 0 ? Before(request.Name, current, state, versions) : At(request, state, versions);
        var faults = PolicyCheck.Faults(version.Policy.Policy, _tools.States.Of(state), out var policy);
        return faults.Length == 0
            ? new PolicyDecision(current, policy, null, PolicyAction.RolledBack)
            : throw RpcFaults.ToException(faults, StatusCode.FailedPrecondition);
    }

    /// <summary>Returns the newest version that says something else than the current one; the newest of all of a removed policy.</summary>
    private static PolicyVersion Before(string name, StoredPolicy? current, StoreState state, IReadOnlyList<PolicyVersion> versions) =>
        versions.FirstOrDefault(version =>
            version.Policy is { } stored && !IsBeyond(version, state) && !stored.Policy.Equals(current?.Policy))
        ?? throw new RpcException(new Status(StatusCode.NotFound, $"history of policy '{name}' has no version before the current"));

    private static PolicyVersion At(RollbackPolicyRequest request, StoreState state, IReadOnlyList<PolicyVersion> versions)
    {
        // Revisions count on in a new epoch, but may repeat those that were lost with the old: the newest is meant.
        var version = versions.FirstOrDefault(version => version.Revision == request.ToRevision && !IsBeyond(version, state));
        if (version is null)
        {
            var known = versions.Count == 0 ? "nothing" : string.Join(", ", versions.Select(version => version.Revision));
            throw new RpcException(new Status(
                StatusCode.NotFound, $"history of policy '{request.Name}' has no revision {request.ToRevision}; it has {known}"));
        }

        return version.Policy is not null
            ? version
            : throw PolicyErrors.Precondition($"revision {request.ToRevision} of policy '{request.Name}' is its removal; delete it instead");
    }

    private static bool IsBeyond(PolicyVersion version, StoreState state) => version.Epoch == state.Epoch && version.Revision > state.Revision;
}
