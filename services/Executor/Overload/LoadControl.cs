using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using Policy = Fovea.Planning.Policies.Policy;

namespace Fovea.Executor.Overload;

/// <summary>Decides what one more request meets: a place or a wait, a tier of its policy's ladder, and room for its KV cache.</summary>
/// <remarks>
/// <code>
/// light load    a place at once, the policy's own plan
/// overload      a wait in the bounded queue; the plan is bounded by the tier in force when it is made
/// beyond        a full queue, or a wait beyond the deadline, refuses with the wait that makes sense, and takes the ladders one tier up
/// </code>
/// The ladder is that of the policy that the request names, else of the default one, or of its canary where that serves the request.
/// A request keeps its tier to its last token.
/// </remarks>
internal sealed class LoadControl
{
    private readonly AdmissionQueue _queue;
    private readonly KvReservations _kv;
    private readonly TierBoard _tiers;
    private readonly SnapshotStore _snapshots;
    private readonly OverloadMetrics _metrics;

    /// <summary>Joins queue, memory and ladders.</summary>
    public LoadControl(AdmissionQueue queue, KvReservations kv, TierBoard tiers, SnapshotStore snapshots, ExecutorMetrics metrics)
    {
        (_queue, _kv, _tiers, _snapshots) = (queue, kv, tiers, snapshots);
        _metrics = metrics.Overload;
    }

    /// <inheritdoc cref="AdmissionQueue.EnterAsync"/>
    public ValueTask<AdmissionPlace> EnterAsync(DateTime deadline, CancellationToken cancellationToken) =>
        _queue.EnterAsync(deadline, cancellationToken);

    /// <summary>Writes the load that the plan depends on into the descriptor.</summary>
    public void Describe(PlanDescriptor descriptor)
    {
        var asked = descriptor.Override;
        var policy = asked?.KindCase == PlanOverride.KindOneofCase.Policy ? asked.Policy : Policy.DefaultName;
        descriptor.QueueDepth = _queue.Waiting;
        descriptor.OverloadTier = _tiers.TierOf(_snapshots.Current, descriptor.Model, policy, descriptor.RequestId);
    }

    /// <summary>Counts a planned request, or ends it when its KV cache can never fit.</summary>
    /// <exception cref="RequestRefusedException">It needs more KV cache than there may be.</exception>
    public void Admit(PinnedPlan plan, PlannedCost cost)
    {
        _kv.Require(cost.KvBytes);
        _metrics.Planned(plan.OverloadTier, cost);
    }

    /// <inheritdoc cref="KvReservations.ReserveAsync"/>
    public ValueTask<IDisposable> ReserveAsync(long bytes, CancellationToken cancellationToken) => _kv.ReserveAsync(bytes, cancellationToken);
}
