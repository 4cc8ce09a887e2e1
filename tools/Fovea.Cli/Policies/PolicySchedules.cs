using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Stores the schedules that a policy file names by file, so that its rules can refer to them by id.</summary>
internal static class PolicySchedules
{
    /// <summary>
    /// Puts each schedule and sets the id in its rule. A dry run stores nothing: a schedule that is not stored yet is named
    /// on the error writer, and its rule is checked as if it kept everything.
    /// </summary>
    public static async Task ResolveAsync(PolicyDraft draft, ServiceSession session, bool isDryRun, CliContext context, CancellationToken cancellationToken)
    {
        var client = new ScheduleService.ScheduleServiceClient(session.Channel);
        foreach (var (index, schedule) in draft.Schedules)
        {
            var stored = isDryRun
                ? await FindAsync(client, schedule, session, cancellationToken)
                : await client.PutScheduleAsync(new PutScheduleRequest { Schedule = schedule }, session.Call(cancellationToken));
            if (stored is not null)
            {
                draft.Policy.Rules[index].ScheduleId = stored.Id;
                continue;
            }

            draft.Policy.Rules[index].Full = true;
            await context.Error.WriteLineAsync($"fovea: dry run: schedule '{schedule.Name}' would be stored first; rules[{index}] is checked as 'full'");
        }
    }

    private static async Task<Schedule?> FindAsync(
        ScheduleService.ScheduleServiceClient client, Schedule schedule, ServiceSession session, CancellationToken cancellationToken)
    {
        var answer = await client.ListSchedulesAsync(new ListSchedulesRequest { Model = schedule.Model }, session.Call(cancellationToken));
        return answer.Schedules.FirstOrDefault(stored => IsSame(stored, schedule));
    }

    private static bool IsSame(Schedule stored, Schedule schedule) =>
        stored.Model == schedule.Model
        && (stored.HasFloor, stored.Floor) == (schedule.HasFloor, schedule.Floor)
        && stored.Rates.SequenceEqual(schedule.Rates);
}
