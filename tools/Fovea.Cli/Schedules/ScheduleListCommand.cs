using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Schedules;

/// <summary>Is <c>schedule list</c>.</summary>
internal sealed class ScheduleListCommand : ServiceCommand
{
    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Only schedules of this model" };

    /// <summary>Makes the command.</summary>
    public ScheduleListCommand(CliContext context)
        : base("list", "List stored schedules", context, EndpointOptions.Scheduler()) => Add(_model);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var request = new ListSchedulesRequest { Model = result.GetValue(_model) ?? string.Empty };
        var answer = await new ScheduleService.ScheduleServiceClient(session.Channel).ListSchedulesAsync(request, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(answer.Schedules));
            return ExitCodes.Ok;
        }

        var table = new Table().AddColumn("id").AddColumn("name").AddColumn("model").AddColumn("form").AddColumn("floor").AddColumn("revision");
        foreach (var schedule in answer.Schedules)
        {
            table.AddRow(
                Markup.Escape(schedule.Id),
                Markup.Escape(schedule.Name),
                Markup.Escape(schedule.Model),
                Markup.Escape(ScheduleText.FormOf(schedule)),
                schedule.HasFloor ? $"{schedule.Floor}" : "policy",
                $"{schedule.Revision}");
        }

        Context.WriteTable(table);
        return ExitCodes.Ok;
    }
}
