using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
using Grpc.Core;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Planning;

/// <summary>Gets the keep plan of a request: from the scheduler, or by the same rules from the last good snapshot.</summary>
/// <remarks>
/// A request is served by the snapshot that the executor has applied when it asks, or by a newer one that it applies meanwhile, so
/// revisions never go back whatever becomes of the scheduler, and no request waits for a change that is on its way.
/// <code>
/// scheduler answers by the snapshot asked for   its plan, or its refusal
/// scheduler answers by a newer one              the feed brings that one in time: as above; else the plan made here, stale
/// scheduler answers by an older one             the plan made here, not stale
/// scheduler away or late                        snapshot held: the plan made here, stale    none held: everything kept, fallback
/// </code>
/// </remarks>
internal sealed class PlanClient
{
    private readonly PlanRoute _route;
    private readonly SnapshotStore _snapshots;
    private readonly LocalPlanner _local;
    private readonly ExecutorMetrics _metrics;
    private readonly PlanTiming _timing;
    private readonly ILogger<PlanClient> _logger;

    /// <summary>Asks on <paramref name="route"/> first; <paramref name="local"/> makes the plan when that gives none to use.</summary>
    public PlanClient(
        PlanRoute route,
        SnapshotStore snapshots,
        LocalPlanner local,
        PlanTiming timing,
        ExecutorMetrics metrics,
        ILogger<PlanClient> logger)
    {
        _route = route;
        _snapshots = snapshots;
        _local = local;
        _metrics = metrics;
        _timing = timing;
        _logger = logger;
    }

    /// <summary>Fixes the plan of a request.</summary>
    /// <param name="descriptor">The request, without user data.</param>
    /// <param name="model">The loaded model.</param>
    /// <param name="meanwhile">Work without which the plan is of no use: until it ends, waiting longer costs nothing.</param>
    /// <param name="cancellationToken">Ends the wait with the request.</param>
    /// <exception cref="PlanRefusedException">The request gets no plan.</exception>
    /// <exception cref="PlanMisfitException">The plan that came does not fit the model or the prompt.</exception>
    /// <exception cref="OperationCanceledException">The request ended.</exception>
    public async Task<PinnedPlan> GetPlanAsync(
        PlanDescriptor descriptor, ModelProfile model, Task meanwhile, CancellationToken cancellationToken)
    {
        var asked = _snapshots.Held;
        using var pending = _route.TryAsk(descriptor, asked);
        var plan = pending is null
            ? _local.Resolve(descriptor, model)
            : await AwaitAsync(pending, asked, new PlanSubject(descriptor, model), meanwhile, cancellationToken).ConfigureAwait(false);
        _metrics.Planned(plan.Source);
        return plan;
    }

    private async Task<PinnedPlan> AwaitAsync(
        PendingPlan pending, SnapshotId asked, PlanSubject subject, Task meanwhile, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeout = Task.WhenAll(Task.Delay(_timing.Timeout, _timing.Time, end.Token), meanwhile);
        try
        {
            await Task.WhenAny(pending.Answer, timeout).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!pending.Answer.IsCompletedSuccessfully)
            {
                pending.Late();
                PlanningLog.PlanLate(_logger, subject.Descriptor.RequestId, _timing.Timeout);
                return _local.Resolve(subject.Descriptor, subject.Model);
            }

            if (await pending.Answer.ConfigureAwait(false) is not { } answer)
            {
                return _local.Resolve(subject.Descriptor, subject.Model);
            }

            var made = MadeFrom(answer);
            if (made.IsNone || (!asked.IsNone && asked.IsAt(made)))
            {
                return Read(answer, subject);
            }

            if (_snapshots.Held.IsOlderThan(made))
            {
                await Task.WhenAny(_snapshots.ReachAsync(made, end.Token), timeout).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }

            return Pin(answer, made, subject);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
        }
    }

    private PinnedPlan Pin(PlanStreamResponse answer, SnapshotId made, PlanSubject subject)
    {
        var age = _snapshots.Age;
        if (_snapshots.Applied is not { } applied)
        {
            return answer.Error is not null || _snapshots.TryAdmit(made) ? Read(answer, subject) : _local.Resolve(subject.Descriptor, subject.Model);
        }

        if (applied.Id.IsAt(made))
        {
            return Read(answer, subject);
        }

        if (!made.IsOlderThan(applied.Id))
        {
            return _local.ResolveBy(applied, subject, age);
        }

        _metrics.Regressed(RegressionPlaces.Plan);
        PlanningLog.OlderPlan(_logger, subject.Descriptor.RequestId, made.ToString(), applied.Id.ToString());
        return _local.ResolveBy(applied, subject, staleFor: null);
    }

    private static SnapshotId MadeFrom(PlanStreamResponse answer) => answer switch
    {
        { Plan.Provenance: { } provenance } => new SnapshotId(provenance.Epoch, provenance.Revision, string.Empty),
        { Error: { } error } => new SnapshotId(error.Epoch, error.Revision, string.Empty),
        _ => SnapshotId.None,
    };

    private static PinnedPlan Read(PlanStreamResponse answer, PlanSubject subject)
    {
        if (answer.Error is { } error)
        {
            throw new PlanRefusedException((StatusCode)error.Code, error.Message, error.Faults);
        }

        var message = answer.Plan;
        message.RequestId = subject.Descriptor.RequestId;
        var plan = PlanMapping.ToDomain(message);
        try
        {
            PlanFit.Require(plan, subject.Model, subject.Descriptor.ImageTokens);
        }
        catch (PlanMisfitException misfit)
        {
            throw new PlanMisfitException(misfit.Message) { Provenance = message.Provenance };
        }

        return new PinnedPlan(plan.Require(), message, PlanSources.Scheduler, StaleFor: null);
    }
}
