using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Serves PolicyService: every change is checked and committed against one state of the store.</summary>
internal sealed class PolicyRpc : PolicyService.PolicyServiceBase
{
    private readonly PolicyTools _tools;
    private readonly PolicyParts _parts;
    private readonly ILogger<PolicyRpc> _logger;

    /// <summary>Makes the service.</summary>
    public PolicyRpc(PolicyTools tools, PolicyParts parts, ILogger<PolicyRpc> logger)
    {
        _tools = tools;
        _parts = parts;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override Task<StoredPolicy> GetPolicy(GetPolicyRequest request, ServerCallContext context) =>
        Task.FromResult(PolicyErrors.Find(_tools.Store.Current, request.Name));

    /// <inheritdoc/>
    public override Task<ListPoliciesResponse> ListPolicies(ListPoliciesRequest request, ServerCallContext context)
    {
        var state = _tools.Store.Current;
        var response = new ListPoliciesResponse { Epoch = state.Epoch, Revision = state.Revision };
        response.Policies.AddRange(state.Policies.Values);
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<ApplyPolicyResponse> ApplyPolicy(ApplyPolicyRequest request, ServerCallContext context) =>
        _parts.Apply.RunAsync(request, CallIdentity.Of(context).Subject, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<DeletePolicyResponse> DeletePolicy(DeletePolicyRequest request, ServerCallContext context)
    {
        ReasonCheck.Require(request.Reason);
        var actor = CallIdentity.Of(context).Subject;
        var expected = request.HasExpectedRevision ? request.ExpectedRevision : default(long?);
        var note = new ChangeNote(PolicyAction.Deleted, actor, request.Reason, _tools.Time.GetUtcNow());
        var hadCanary = false;
        var state = await _tools.Store.UpdateForCallAsync(
            current =>
            {
                var stored = PolicyErrors.Find(current, request.Name);
                CurrentRevision.Require(request.Name, stored, expected);
                hadCanary = stored.Canary is not null;
                return new StoreChange.DeletePolicy(request.Name) { Note = note };
            },
            context.CancellationToken);
        if (hadCanary)
        {
            _tools.Canaries.Ended(PolicyAction.Deleted);
        }

        PoliciesLog.Deleted(_logger, request.Name, state.Revision, actor, request.Reason);
        return new DeletePolicyResponse { Revision = state.Revision };
    }

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
