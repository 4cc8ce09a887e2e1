using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Schedule = Fovea.Contracts.V1.Schedule;

namespace Fovea.Cli.Schedules;

/// <summary>Is <c>schedule put</c>: stores the rates of a file, or a written form.</summary>
internal sealed class SchedulePutCommand : ServiceCommand
{
    private readonly Argument<string> _file = new("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "JSON array of rates, or object with rates and floor" };
    private readonly Option<string> _spec = new("--spec") { HelpName = "SPEC", Description = "Written form instead of a file, e.g. fastv:K=2,R=0.5" };
    private readonly Option<string> _name = new("--name") { HelpName = "NAME", Description = "Label; the file's name unless given" };
    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Model it was made for", DefaultValueFactory = _ => "*" };

    /// <summary>Makes the command.</summary>
    public SchedulePutCommand(CliContext context)
        : base("put", "Store a schedule; storing it again changes nothing", context, EndpointOptions.Scheduler())
    {
        Add(_file);
        Add(_spec);
        Add(_name);
        Add(_model);
        Validators.Add(result =>
        {
            if ((result.GetValue(_file) is null) == (result.GetValue(_spec) is null))
            {
                result.AddError("schedule put takes either FILE or --spec");
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var schedule = Read(result);
        using var session = Open(result);
        var stored = await new ScheduleService.ScheduleServiceClient(session.Channel)
            .PutScheduleAsync(new PutScheduleRequest { Schedule = schedule }, session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(stored));
        }
        else
        {
            Context.Output.WriteLine(stored.Id);
        }

        return ExitCodes.Ok;
    }

    private Schedule Read(ParseResult result)
    {
        var schedule = result.GetValue(_file) is { } path
            ? ScheduleFile.Read(path)
            : new Schedule { Name = "spec", Spec = CliException.Require(ScheduleSpec.Parse(result.GetRequiredValue(_spec)), "--spec: ").ToString() };
        schedule.Name = result.GetValue(_name) ?? schedule.Name;
        schedule.Model = result.GetRequiredValue(_model);
        return schedule;
    }
}
