using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>Says what the executor has applied itself, for comparison with what the scheduler believes.</summary>
internal sealed class StatusService : ExecutorStatusService.ExecutorStatusServiceBase
{
    private readonly ExecutorName _name;
    private readonly SnapshotStore _snapshots;
    private readonly SchedulerLink _link;
    private readonly ExecutorLoad _load;

    /// <summary>Reads the snapshot in use, the link and the load whenever it is asked.</summary>
    public StatusService(ExecutorName name, SnapshotStore snapshots, SchedulerLink link, ExecutorLoad load)
    {
        _name = name;
        _snapshots = snapshots;
        _link = link;
        _load = load;
    }

    /// <inheritdoc/>
    public override Task<AppliedState> GetAppliedState(GetAppliedStateRequest request, ServerCallContext context)
    {
        var held = _snapshots.Held;
        return Task.FromResult(new AppliedState
        {
            ExecutorId = _name.Id,
            Epoch = held.Epoch,
            Revision = held.Revision,
            Digest = held.Digest,
            PlanState = _link.StateName,
            Scheduler = _link.Scheduler,
            ConfirmedSeconds = _snapshots.Age.TotalSeconds,
            Load = _load.Report(),
        });
    }
}
