using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Store;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WirePolicy = Fovea.Contracts.V1.Policy;

namespace Fovea.Scheduler.Policies;

/// <summary>Creates and replaces policies, at once or on trial.</summary>
internal sealed class PolicyApply
{
    private readonly PolicyTools _tools;
    private readonly PolicyCommit _commit;

    /// <summary>Makes the part.</summary>
    public PolicyApply(PolicyTools tools, ILogger<PolicyApply> logger) => (_tools, _commit) = (tools, new PolicyCommit(tools, logger));

    /// <summary>Stores the policy, or a trial of it beside the stored one; what is stored already changes nothing.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT with every fault, ABORTED with the current revision, FAILED_PRECONDITION where a canary is in the way or has
    /// nothing to run beside, RESOURCE_EXHAUSTED, or UNAVAILABLE.
    /// </exception>
    public async Task<ApplyPolicyResponse> RunAsync(ApplyPolicyRequest request, string actor, CancellationToken cancellationToken)
    {
        var change = new ChangeRequest(actor, request.Reason, request.DryRun);
        return (await _commit.RunAsync(state => Decide(request, state), change, cancellationToken))!;
    }

    private PolicyDecision Decide(ApplyPolicyRequest request, StoreState state)
    {
        var faults = PolicyCheck.Faults(request.Policy, _tools.States.Of(state), out var policy);
        var previous = state.Policies.GetValueOrDefault(request.Policy?.Name ?? string.Empty);
        faults = [.. faults, .. CanaryFaults(request, previous), .. ReasonCheck.Faults(request.Reason)];
        if (faults.Length > 0)
        {
            throw RpcFaults.ToException(faults, StatusCode.InvalidArgument);
        }

        CurrentRevision.Require(policy.Name, previous, request.HasExpectedRevision ? request.ExpectedRevision : null);
        return request.CanaryShare == 0 ? AtOnce(policy, previous) : OnTrial(request, policy, previous);
    }

    private static PolicyDecision AtOnce(WirePolicy policy, StoredPolicy? previous) =>
        previous?.Canary is { } canary && !policy.Equals(previous.Policy)
            ? throw PolicyErrors.CanaryRuns(policy.Name, canary)
            : new PolicyDecision(previous, policy, previous?.Canary, PolicyAction.Applied);

    private PolicyDecision OnTrial(ApplyPolicyRequest request, WirePolicy policy, StoredPolicy? previous)
    {
        if (previous is null)
        {
            throw PolicyErrors.Precondition($"policy '{policy.Name}' is not stored, so there is nothing that a canary could run beside; apply it without a share");
        }

        var guard = CanaryGuardMapping.Complete(request.Guard);
        if (previous.Canary is { } running)
        {
            var isSame = policy.Equals(running.Policy) && running.Share.Equals(request.CanaryShare) && guard.Equals(running.Guard);
            return isSame
                ? new PolicyDecision(previous, previous.Policy, running, PolicyAction.CanaryStarted)
                : throw PolicyErrors.CanaryRuns(policy.Name, running);
        }

        var started = _tools.Time.GetUtcNow().ToTimestamp();
        var canary = new Canary { Policy = policy, Share = request.CanaryShare, Guard = guard, Started = started };
        return new PolicyDecision(previous, previous.Policy, canary, PolicyAction.CanaryStarted);
    }

    private static ImmutableArray<PlanFault> CanaryFaults(ApplyPolicyRequest request, StoredPolicy? previous)
    {
        if (request.CanaryShare == 0)
        {
            return request.Guard is null ? [] : [Fault("guard", "is given without canaryShare, there is no canary to guard")];
        }

        var faults = CanaryGuardMapping.Validate(request.Guard).Select(fault => fault with { Field = $"guard.{fault.Field}" }).ToList();
        if (!CanaryShare.IsShare(request.CanaryShare))
        {
            faults.Add(Fault("canaryShare", FormattableString.Invariant($"{request.CanaryShare} is not between 0 and 1")));
        }

        var model = request.Policy is { Model.Length: > 0 } policy ? policy.Model : Planning.Policies.Policy.AnyModel;
        if (previous is not null && previous.Policy.Model != model)
        {
            faults.Add(Fault("model", $"'{model}' is not '{previous.Policy.Model}': a canary is for the models that the stored policy is for"));
        }

        return [.. faults];
    }

    private static PlanFault Fault(string field, string message) => new(PlanFaultKind.InvalidArgument, field, message);
}
