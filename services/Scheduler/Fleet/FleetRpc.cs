using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Fleet;

/// <summary>Serves FleetService: the executors and what each of them has acknowledged.</summary>
internal sealed class FleetRpc : FleetService.FleetServiceBase
{
    private readonly IFleetBoard _fleet;
    private readonly ISchedulerStore _store;

    /// <summary>Makes the service over the board.</summary>
    public FleetRpc(IFleetBoard fleet, ISchedulerStore store)
    {
        _fleet = fleet;
        _store = store;
    }

    /// <inheritdoc/>
    public override Task<ListExecutorsResponse> ListExecutors(ListExecutorsRequest request, ServerCallContext context)
    {
        var state = _store.Current;
        var response = new ListExecutorsResponse { Epoch = state.Epoch, Revision = state.Revision };
        response.Executors.AddRange(_fleet.List());
        foreach (var executor in response.Executors)
        {
            executor.Sync = SyncStates.Of(executor, state.Epoch, state.Revision);
        }

        return Task.FromResult(response);
    }
}
