using Fovea.Contracts.V1;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Schedules;
using Fovea.Scheduler.Search.Fanout;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Search.Starting;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Gives what runners need from the scheduler.</summary>
/// <param name="Searches">The journals.</param>
/// <param name="Store">The scheduler's state.</param>
/// <param name="Schedules">Stores what is found.</param>
/// <param name="Tables">Stores budget tables.</param>
/// <param name="Costs">Knows what layers take.</param>
/// <param name="Fanout">Reaches the executors.</param>
/// <param name="Options">The options.</param>
/// <param name="Time">The clock.</param>
/// <param name="Metrics">Counts trials.</param>
/// <param name="Logger">Logs the life of searches.</param>
internal sealed record SearchTools(
    ISearchStore Searches,
    ISchedulerStore Store,
    ScheduleWriter Schedules,
    TableWriter Tables,
    CostMeasurement Costs,
    FanoutTools Fanout,
    SearchOptions Options,
    TimeProvider Time,
    SearchMetrics Metrics,
    ILogger<SearchTools> Logger)
{
    /// <summary>Returns the entry that changes a search's status now.</summary>
    public SearchEntry.Turned Turned(SearchStatus status, string error = "", SearchResult? result = null) =>
        new(status, Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, error, result);
}
