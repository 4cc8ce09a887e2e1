using Fovea.Contracts.V1;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Serves PolicyService: every change is checked and committed against one state of the store.</summary>
internal sealed class PolicyRpc : PolicyService.PolicyServiceBase
{
    private readonly ISchedulerStore _store;
    private readonly ServingStates _states;
    private readonly SnapshotLimit _limit;
    private readonly ILogger<PolicyRpc> _logger;

    /// <summary>Makes the service over the store.</summary>
    public PolicyRpc(ISchedulerStore store, ServingStates states, SnapshotLimit limit, ILogger<PolicyRpc> logger)
    {
        _store = store;
        _states = states;
        _limit = limit;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override Task<StoredPolicy> GetPolicy(GetPolicyRequest request, ServerCallContext context) =>
        Task.FromResult(Find(_store.Current, request.Name));

    /// <inheritdoc/>
    public override Task<ListPoliciesResponse> ListPolicies(ListPoliciesRequest request, ServerCallContext context)
    {
        var state = _store.Current;
        var response = new ListPoliciesResponse { Epoch = state.Epoch, Revision = state.Revision };
        response.Policies.AddRange(state.Policies.Values);
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<ApplyPolicyResponse> ApplyPolicy(ApplyPolicyRequest request, ServerCallContext context)
    {
        var response = new ApplyPolicyResponse();
        var state = await _store.UpdateForCallAsync(current => Decide(request, current, response), context.CancellationToken);
        if (response.Changed && !request.DryRun)
        {
            response.Policy = state.Policies[request.Policy.Name];
            PoliciesLog.Applied(_logger, request.Policy.Name, response.Policy.Revision);
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<DeletePolicyResponse> DeletePolicy(DeletePolicyRequest request, ServerCallContext context)
    {
        var expected = request.HasExpectedRevision ? request.ExpectedRevision : default(long?);
        var state = await _store.UpdateForCallAsync(
            current =>
            {
                CurrentRevision.Require(request.Name, Find(current, request.Name), expected);
                return new StoreChange.DeletePolicy(request.Name);
            },
            context.CancellationToken);
        PoliciesLog.Deleted(_logger, request.Name, state.Revision);
        return new DeletePolicyResponse { Revision = state.Revision };
    }

    private static StoredPolicy Find(StoreState state, string name) =>
        state.Policies.GetValueOrDefault(name) ?? throw new RpcException(new Status(StatusCode.NotFound, $"no policy '{name}' is stored"));

    /// <summary>Fills in what the policy was and would become; returns the change unless there is none to make.</summary>
    private StoreChange? Decide(ApplyPolicyRequest request, StoreState state, ApplyPolicyResponse response)
    {
        var policy = PolicyCheck.Require(request.Policy, _states.Of(state));
        var previous = state.Policies.GetValueOrDefault(policy.Name);
        CurrentRevision.Require(policy.Name, previous, request.HasExpectedRevision ? request.ExpectedRevision : null);
        response.Previous = previous;
        response.Changed = !policy.Equals(previous?.Policy);
        response.Policy = new StoredPolicy { Policy = policy, Revision = previous?.Revision ?? 0, Epoch = state.Epoch };
        if (!response.Changed)
        {
            return null;
        }

        var change = _limit.Check(state, new StoreChange.PutPolicy(policy, previous?.Canary));
        return request.DryRun ? null : change;
    }
}
