using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using KeepRates = Fovea.Planning.Schedules.KeepRates;
using Schedule = Fovea.Planning.Schedules.Schedule;

namespace Fovea.Cli.Plans;

/// <summary>Fetches schedules from the scheduler in the form that plans are made of.</summary>
internal static class StoredScheduleSource
{
    /// <summary>Returns a stored schedule of rates.</summary>
    /// <exception cref="CliException">The schedule is stored in a written form or holds bad rates.</exception>
    public static async Task<Schedule> GetAsync(ServiceSession session, ScheduleId id, CancellationToken cancellationToken)
    {
        var client = new ScheduleService.ScheduleServiceClient(session.Channel);
        var stored = await client.GetScheduleAsync(new GetScheduleRequest { Id = id.Value }, session.Call(cancellationToken));
        if (stored.Rates.Count == 0)
        {
            throw new CliException(ExitCodes.Failed, $"schedule {id} is stored as '{stored.Spec}': give that as --schedule");
        }

        var rates = CliException.Require(KeepRates.Create([.. stored.Rates]), $"schedule {id}: ");
        return new(stored.Name, stored.Model, new ResolvedSchedule(rates, stored.HasFloor ? stored.Floor : null));
    }
}
