using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Schedules;

/// <summary>Is <c>schedule show</c>.</summary>
internal sealed class ScheduleShowCommand : ServiceCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Schedule id" };

    /// <summary>Makes the command.</summary>
    public ScheduleShowCommand(CliContext context)
        : base("show", "Show one stored schedule", context, EndpointOptions.Scheduler()) => Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var request = new GetScheduleRequest { Id = result.GetRequiredValue(_id) };
        var schedule = await new ScheduleService.ScheduleServiceClient(session.Channel).GetScheduleAsync(request, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(schedule));
            return ExitCodes.Ok;
        }

        Context.Output.WriteLine($"id        {schedule.Id}");
        Context.Output.WriteLine($"name      {schedule.Name}");
        Context.Output.WriteLine($"model     {schedule.Model}");
        Context.Output.WriteLine($"revision  {schedule.Revision}");
        Context.Output.WriteLine($"floor     {(schedule.HasFloor ? $"{schedule.Floor}" : "the policy's")}");
        Context.Output.WriteLine(schedule.Rates.Count == 0 ? $"spec      {schedule.Spec}" : $"rates     {ScheduleText.Rates(schedule.Rates)}");
        return ExitCodes.Ok;
    }
}
