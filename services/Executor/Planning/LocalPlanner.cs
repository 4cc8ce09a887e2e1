using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
using KeepPlan = Fovea.Planning.Plans.KeepPlan;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Planning;

/// <summary>Makes plans from the last good snapshot by the scheduler's own rules: equal inputs give equal digests.</summary>
internal sealed class LocalPlanner
{
    private readonly SnapshotStore _snapshots;
    private readonly PlanDecider _decider = new();
    private readonly bool _alone;
    private readonly ILogger<LocalPlanner> _logger;

    /// <summary>Decides by whatever snapshot is in use at each request.</summary>
    /// <param name="snapshots">The snapshots.</param>
    /// <param name="alone">Whether no scheduler is configured, so that keeping everything is no outage.</param>
    /// <param name="logger">Log.</param>
    public LocalPlanner(SnapshotStore snapshots, bool alone, ILogger<LocalPlanner> logger)
    {
        _snapshots = snapshots;
        _alone = alone;
        _logger = logger;
    }

    /// <summary>Makes the plan of a request; with no snapshot it keeps everything, unless the request says itself what to keep.</summary>
    /// <exception cref="PlanRefusedException">The rules give the request no plan.</exception>
    public PinnedPlan Resolve(PlanDescriptor descriptor, ModelProfile model)
    {
        // The age is read first: a snapshot that arrives in between can only be younger than it.
        var age = _snapshots.Age;
        var subject = new PlanSubject(descriptor, model);
        if (_snapshots.Applied is { } applied)
        {
            return ResolveBy(applied, subject, age);
        }

        var (plan, message) = Decide(snapshot: null, subject);
        PlanningLog.NoSnapshot(_logger, descriptor.RequestId, plan.Digest.Hex);
        return new PinnedPlan(plan, message, PlanSources.Fallback, _alone ? null : TimeSpan.Zero);
    }

    /// <summary>Makes the plan of a request by a snapshot.</summary>
    /// <param name="applied">The snapshot.</param>
    /// <param name="subject">The request and its model.</param>
    /// <param name="staleFor">Time since the snapshot was confirmed; null when it is newer than what the scheduler answered by.</param>
    /// <exception cref="PlanRefusedException">The rules give the request no plan.</exception>
    public PinnedPlan ResolveBy(AppliedSnapshot applied, PlanSubject subject, TimeSpan? staleFor)
    {
        var (plan, message) = Decide(applied.Planning, subject);
        PlanningLog.ResolvedLocally(_logger, subject.Descriptor.RequestId, applied.Id.Epoch, applied.Id.Revision, staleFor ?? TimeSpan.Zero);
        return new PinnedPlan(plan, message, staleFor is null ? PlanSources.Applied : PlanSources.Snapshot, staleFor);
    }

    private (KeepPlan Plan, Contracts.V1.KeepPlan Message) Decide(PlanningSnapshot? snapshot, PlanSubject subject)
    {
        var resolution = _decider.Decide(snapshot, subject.Model, subject.Descriptor);
        return resolution.IsValid
            ? (resolution.Plan, PlanMapping.ToProto(subject.Descriptor.RequestId, resolution))
            : throw new PlanRefusedException(
                RpcFaults.CodeOf(resolution.Faults), RpcFaults.MessageOf(resolution.Faults), resolution.Faults.Select(FaultMapping.ToProto));
    }
}
