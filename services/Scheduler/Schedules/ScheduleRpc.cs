using Fovea.Contracts.V1;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Schedules;

/// <summary>Serves ScheduleService: schedules are named by their content and never changed.</summary>
internal sealed class ScheduleRpc : ScheduleService.ScheduleServiceBase
{
    private readonly ISchedulerStore _store;
    private readonly ServingStates _states;
    private readonly ScheduleWriter _writer;
    private readonly ILogger<ScheduleRpc> _logger;

    /// <summary>Makes the service over the store.</summary>
    public ScheduleRpc(ISchedulerStore store, ServingStates states, ScheduleWriter writer, ILogger<ScheduleRpc> logger)
    {
        _store = store;
        _states = states;
        _writer = writer;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override Task<Schedule> GetSchedule(GetScheduleRequest request, ServerCallContext context) =>
        Task.FromResult(Find(_store.Current, request.Id));

    /// <inheritdoc/>
    public override Task<ListSchedulesResponse> ListSchedules(ListSchedulesRequest request, ServerCallContext context)
    {
        var state = _store.Current;
        var response = new ListSchedulesResponse { Epoch = state.Epoch, Revision = state.Revision };
        response.Schedules.AddRange(state.Schedules.Values.Where(schedule => request.Model.Length == 0 || schedule.Model == request.Model));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<Schedule> PutSchedule(PutScheduleRequest request, ServerCallContext context) =>
        _writer.PutAsync(request.Schedule, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<DeleteScheduleResponse> DeleteSchedule(DeleteScheduleRequest request, ServerCallContext context)
    {
        var state = await _store.UpdateForCallAsync(
            current =>
            {
                ScheduleUse.RequireNone(_states.Of(current), Find(current, request.Id));
                return new StoreChange.DeleteSchedule(request.Id);
            },
            context.CancellationToken);
        SchedulesLog.Deleted(_logger, request.Id, state.Revision);
        return new DeleteScheduleResponse { Revision = state.Revision };
    }

    private static Schedule Find(StoreState state, string id) =>
        state.Schedules.GetValueOrDefault(id) ?? throw new RpcException(new Status(StatusCode.NotFound, $"no schedule '{id}' is stored"));
}
