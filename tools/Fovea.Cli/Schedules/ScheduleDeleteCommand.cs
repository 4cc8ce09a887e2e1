using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Schedules;

/// <summary>Is <c>schedule delete</c>.</summary>
internal sealed class ScheduleDeleteCommand : ServiceCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Schedule id" };

    /// <summary>Makes the command.</summary>
    public ScheduleDeleteCommand(CliContext context)
        : base("delete", "Delete a stored schedule that no policy uses", context, EndpointOptions.Scheduler()) => Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var request = new DeleteScheduleRequest { Id = result.GetRequiredValue(_id) };
        var answer = await new ScheduleService.ScheduleServiceClient(session.Channel).DeleteScheduleAsync(request, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(answer));
        }
        else
        {
            Context.Output.WriteLine($"deleted {request.Id} at revision {answer.Revision}");
        }

        return ExitCodes.Ok;
    }
}
