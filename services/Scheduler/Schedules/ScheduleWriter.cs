using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Schedules;

/// <summary>Checks and stores schedules, whoever they come from.</summary>
internal sealed class ScheduleWriter
{
    private readonly ISchedulerStore _store;
    private readonly ServingStates _states;
    private readonly SnapshotLimit _limit;
    private readonly ILogger<ScheduleWriter> _logger;

    /// <summary>Makes the writer over the store.</summary>
    public ScheduleWriter(ISchedulerStore store, ServingStates states, SnapshotLimit limit, ILogger<ScheduleWriter> logger)
    {
        _store = store;
        _states = states;
        _limit = limit;
        _logger = logger;
    }

    /// <summary>
    /// Stores a schedule unless one of the same content is stored, and returns what is stored. One that another lossless search has
    /// found is stored again, as what is newest now; its name stays.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <param name="fence">The lease that it is stored under; null for none.</param>
    /// <exception cref="FencedException">The lease is over.</exception>
    /// <exception cref="RpcException">INVALID_ARGUMENT with every fault, RESOURCE_EXHAUSTED, or UNAVAILABLE.</exception>
    public async Task<Schedule> PutAsync(Schedule? schedule, CancellationToken cancellationToken, StoreFence? fence = null)
    {
        var id = string.Empty;
        StoreChange? change = null;
        var state = await _store.UpdateForCallAsync(current => change = Decide(schedule, current, out id, fence), cancellationToken);
        if (change is not null)
        {
            SchedulesLog.Put(_logger, id, state.Schedules[id].Revision);
        }

        return state.Schedules[id];
    }

    private StoreChange? Decide(Schedule? schedule, StoreState state, out string id, StoreFence? fence)
    {
        var mapped = ScheduleMapping.ToDomain(schedule, _states.Of(state).ModelList);
        if (!mapped.IsValid)
        {
            throw RpcFaults.ToException(mapped.Faults, StatusCode.InvalidArgument);
        }

        var put = mapped.Value.ToProto();
        id = put.Id;
        if (state.Schedules.TryGetValue(id, out var stored))
        {
            if (!IsFoundAgain(stored.Provenance, put.Provenance))
            {
                return null;
            }

            put.Name = stored.Name;
        }

        return _limit.Check(state, new StoreChange.PutSchedule(put) { Fence = fence });
    }

    private static bool IsFoundAgain(ScheduleProvenance? stored, ScheduleProvenance? found) =>
        found is { Lossless: true } && (stored is not { Lossless: true } || stored.SearchId != found.SearchId);
}
