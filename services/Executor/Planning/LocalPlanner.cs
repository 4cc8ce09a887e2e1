using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
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
        var snapshot = _snapshots.Current;
        var resolution = _decider.Decide(snapshot, model, descriptor);
        if (!resolution.IsValid)
        {
            throw new PlanRefusedException(
                RpcFaults.CodeOf(resolution.Faults),
                RpcFaults.MessageOf(resolution.Faults),
                resolution.Faults.Select(FaultMapping.ToProto));
        }

        var message = PlanMapping.ToProto(descriptor.RequestId, resolution);
        if (snapshot is null)
        {
            PlanningLog.NoSnapshot(_logger, descriptor.RequestId, resolution.Plan.Digest.Hex);
            return new PinnedPlan(resolution.Plan, message, PlanSources.Fallback, _alone ? null : TimeSpan.Zero);
        }

        PlanningLog.ResolvedLocally(_logger, descriptor.RequestId, snapshot.Epoch, snapshot.Revision, age);
        return new PinnedPlan(resolution.Plan, message, PlanSources.Snapshot, age);
    }
}
