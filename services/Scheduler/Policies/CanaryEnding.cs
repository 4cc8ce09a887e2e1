using Fovea.Contracts.V1;
using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Ends canaries: by promotion, by an operator's abort, or because their guard broke.</summary>
internal sealed class CanaryEnding : ICanaryEnding
{
    /// <summary>Names the guard as who ended a canary.</summary>
    public const string GuardActor = "canary-guard";

    private readonly PolicyTools _tools;
    private readonly PolicyCommit _commit;
    private readonly ILogger<CanaryEnding> _logger;

    /// <summary>Makes the part.</summary>
    public CanaryEnding(PolicyTools tools, ILogger<CanaryEnding> logger)
    {
        _tools = tools;
        _logger = logger;
        _commit = new PolicyCommit(tools, logger);
    }

    /// <summary>Makes the canary's policy the one that serves every request.</summary>
    /// <exception cref="RpcException">NOT_FOUND, ABORTED with the current revision, FAILED_PRECONDITION without a canary, or UNAVAILABLE.</exception>
    public Task<ApplyPolicyResponse> PromoteAsync(PromoteCanaryRequest request, string actor, CancellationToken cancellationToken)
    {
        var expected = request.HasExpectedRevision ? request.ExpectedRevision : default(long?);
        return EndAsync(request.Name, expected, PolicyAction.CanaryPromoted, new ChangeRequest(actor, request.Reason), cancellationToken);
    }

    /// <summary>Ends the canary; the policy serves every request as it was.</summary>
    /// <exception cref="RpcException">NOT_FOUND, ABORTED with the current revision, FAILED_PRECONDITION without a canary, or UNAVAILABLE.</exception>
    public Task<ApplyPolicyResponse> AbortAsync(AbortCanaryRequest request, string actor, CancellationToken cancellationToken)
    {
        var expected = request.HasExpectedRevision ? request.ExpectedRevision : default(long?);
        return EndAsync(request.Name, expected, PolicyAction.CanaryAborted, new ChangeRequest(actor, request.Reason), cancellationToken);
    }

    /// <summary>Ends exactly this canary because its guard broke; does nothing when it does not run any more.</summary>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="canaryRevision">Revision at which the canary began.</param>
    /// <param name="reason">What broke, for history.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <returns>Whether it was ended here.</returns>
    /// <exception cref="StoreUnavailableException">The store takes no changes now.</exception>
    public async Task<bool> FailAsync(string policy, long canaryRevision, string reason, CancellationToken cancellationToken)
    {
        var isEnded = false;
        var state = await _tools.Store.UpdateAsync(
            current =>
            {
                var stored = current.Policies.GetValueOrDefault(policy);
                isEnded = stored?.Canary?.Revision == canaryRevision;
                return isEnded ? new StoreChange.PutPolicy(stored!.Policy) { Note = Note(reason) } : null;
            },
            cancellationToken);
        if (isEnded)
        {
            PoliciesLog.CanaryFailed(_logger, policy, canaryRevision, state.Policies.GetValueOrDefault(policy)?.Revision ?? state.Revision, reason);
        }

        return isEnded;
    }

    private async Task<ApplyPolicyResponse> EndAsync(
        string name, long? expected, PolicyAction action, ChangeRequest request, CancellationToken cancellationToken)
    {
        ReasonCheck.Require(request.Reason);
        return (await _commit.RunAsync(Decide, request, cancellationToken))!;

        PolicyDecision Decide(StoreState state)
        {
            var stored = PolicyErrors.Find(state, name);
            CurrentRevision.Require(name, stored, expected);
            var canary = stored.Canary ?? throw PolicyErrors.Precondition($"policy '{name}' has no canary");
            return new PolicyDecision(stored, action == PolicyAction.CanaryPromoted ? canary.Policy : stored.Policy, null, action);
        }
    }

    private ChangeNote Note(string reason) => new(PolicyAction.CanaryFailed, GuardActor, reason, _tools.Time.GetUtcNow());
}
