using System.CommandLine;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Demo;

/// <summary>Is <c>demo</c>: starts both services, asks the demo questions, changes the policy, and stops both.</summary>
internal sealed class DemoCommand : CliCommand
{
    private readonly Option<string> _root = new("--root") { HelpName = "DIR", Description = "Root of a built checkout", DefaultValueFactory = _ => "." };

    /// <summary>Makes the command.</summary>
    public DemoCommand(CliContext context)
        : base("demo", "Play the demo of a built checkout (make demo)", context) => Add(_root);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var paths = new DemoPaths(Path.GetFullPath(result.GetRequiredValue(_root)));
        var folder = Directory.CreateTempSubdirectory("fovea-demo-");
        try
        {
            using var services = await DemoServices.StartAsync(paths, folder.FullName, Context.Time, cancellationToken);
            await Context.Error.WriteLineAsync($"scheduler {services.Scheduler.Address}  executor {services.Executor.Address}");
            var played = await new DemoRun(services, paths, Context).PlayAsync(cancellationToken);
            Print(played, WantsJson(result));
            await services.StopAsync(cancellationToken);
            return Conclude([.. played.Faults()]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Print(DemoResult played, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(played.ToJson());
        }
        else
        {
            DemoReport.Write(played, Context);
        }
    }

    private int Conclude(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new CliException(ExitCodes.Failed, faults);
        }

        Context.Error.WriteLine("both services stopped cleanly");
        return ExitCodes.Ok;
    }
}
