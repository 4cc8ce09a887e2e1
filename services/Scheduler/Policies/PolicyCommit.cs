using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Policies;

/// <summary>Commits decisions on policies, each on exactly the state that it was made against.</summary>
internal sealed class PolicyCommit
{
    private readonly PolicyTools _tools;
    private readonly ILogger _logger;

    /// <summary>Makes the writer.</summary>
    public PolicyCommit(PolicyTools tools, ILogger logger) => (_tools, _logger) = (tools, logger);

    /// <summary>
    /// Commits what <paramref name="decide"/> returns for the newest state and says what the policy was and has become; nothing is
    /// committed when nothing changes or for a dry run. Returns null when it returns null.
    /// </summary>
    public async Task<ApplyPolicyResponse?> RunAsync(
        Func<StoreState, PolicyDecision?> decide, ChangeRequest request, CancellationToken cancellationToken)
    {
        PolicyDecision? decision = null;
        var isCommitted = false;
        var state = await _tools.Store.UpdateForCallAsync(
            current =>
            {
                decision = decide(current);
                var change = decision is { IsChanged: true } ? _tools.Limit.Check(current, ToChange(decision, request)) : null;
                isCommitted = change is not null && !request.IsDryRun;
                return isCommitted ? change : null;
            },
            cancellationToken);
        if (decision is null)
        {
            return null;
        }

        var stored = isCommitted ? state.Policies[decision.Policy.Name] : Imagined(decision, state);
        if (isCommitted)
        {
            if (decision is { Previous.Canary: not null, Canary: null })
            {
                _tools.Canaries.Ended(decision.Action);
            }

            PoliciesLog.Changed(_logger, decision.Policy.Name, decision.Action, stored.Revision, request.Actor, request.Reason);
        }

        return new ApplyPolicyResponse { Policy = stored, Previous = decision.Previous, Changed = decision.IsChanged };
    }

    private StoreChange.PutPolicy ToChange(PolicyDecision decision, ChangeRequest request) => new(decision.Policy, decision.Canary)
    {
        Note = new ChangeNote(decision.Action, request.Actor, request.Reason, _tools.Time.GetUtcNow()),
    };

    private static StoredPolicy Imagined(PolicyDecision decision, StoreState state) => new()
    {
        Policy = decision.Policy,
        Canary = decision.Canary,
        Revision = decision.Previous?.Revision ?? 0,
        Epoch = state.Epoch,
    };
}
