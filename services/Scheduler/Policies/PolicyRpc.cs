using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Serves PolicyService: every change is checked and committed against one state of the store.</summary>
internal sealed class PolicyRpc : PolicyService.PolicyServiceBase
{
    private readonly ISchedulerStore _store;
    private readonly PolicyParts _parts;

    /// <summary>Makes the service.</summary>
    public PolicyRpc(ISchedulerStore store, PolicyParts parts) => (_store, _parts) = (store, parts);

    /// <inheritdoc/>
    public override Task<StoredPolicy> GetPolicy(GetPolicyRequest request, ServerCallContext context) =>
        Task.FromResult(PolicyErrors.Find(_store.Current, request.Name));

    /// <inheritdoc/>
    public override Task<ListPoliciesResponse> ListPolicies(ListPoliciesRequest request, ServerCallContext context)
    {
        var state = _store.Current;
        var response = new ListPoliciesResponse { Epoch = state.Epoch, Revision = state.Revision };
        response.Policies.AddRange(state.Policies.Values);
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<ApplyPolicyResponse> ApplyPolicy(ApplyPolicyRequest request, ServerCallContext context) =>
        _parts.Apply.RunAsync(request, CallIdentity.Of(context).Subject, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DeletePolicyResponse> DeletePolicy(DeletePolicyRequest request, ServerCallContext context) =>
        _parts.Removal.RunAsync(request, CallIdentity.Of(context).Subject, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetPolicyHistoryResponse> GetPolicyHistory(GetPolicyHistoryRequest request, ServerCallContext context) =>
        _parts.History.ReadAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ApplyPolicyResponse> RollbackPolicy(RollbackPolicyRequest request, ServerCallContext context) =>
        _parts.Rollback.RunAsync(request, CallIdentity.Of(context).Subject, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ApplyPolicyResponse> PromoteCanary(PromoteCanaryRequest request, ServerCallContext context) =>
        _parts.Canaries.PromoteAsync(request, CallIdentity.Of(context).Subject, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ApplyPolicyResponse> AbortCanary(AbortCanaryRequest request, ServerCallContext context) =>
        _parts.Canaries.AbortAsync(request, CallIdentity.Of(context).Subject, context.CancellationToken);

    /// <inheritdoc/>
    public override Task WatchPolicies(
        WatchPoliciesRequest request, IServerStreamWriter<PolicyEvent> responseStream, ServerCallContext context) =>
        _parts.Watch.RunAsync(request, responseStream, context.CancellationToken);
}
