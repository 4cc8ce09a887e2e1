using System.CommandLine;
using System.CommandLine.Invocation;
using Fovea.Cli.Benches;
using Fovea.Cli.Comparison;
using Fovea.Cli.Demo;
using Fovea.Cli.Evaluations;
using Fovea.Cli.Fleet;
using Fovea.Cli.Generation;
using Fovea.Cli.Models;
using Fovea.Cli.Plans;
using Fovea.Cli.Policies;
using Fovea.Cli.Schedules;
using Fovea.Cli.Searches;
using Fovea.Cli.Shell;
using Fovea.Cli.Studies;

namespace Fovea.Cli;

/// <summary>Is the whole command line: parses, runs one command and returns its exit code.</summary>
internal static class CliApp
{
    /// <summary>Runs a command line; faults go to the context's error writer.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliContext context, CancellationToken cancellationToken)
    {
        var parsed = Root(context).Parse(args);
        if (parsed.Action is ParseErrorAction || (parsed.Action is null && parsed.Errors.Count > 0))
        {
            return ReportUsage(parsed, context);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception exception)
        {
            return ErrorReporter.Report(exception, context.Error);
        }
    }

    private static RootCommand Root(CliContext context) => new("Serves multimodal models and drops vision tokens layer by layer.")
    {
        new GenerateCommand(context),
        Group("plan", "Keep plans", new PlanExplainCommand(context)),
        Group(
            "schedule",
            "Stored schedules",
            new ScheduleListCommand(context),
            new ScheduleShowCommand(context),
            new SchedulePutCommand(context),
            new ScheduleDeleteCommand(context),
            new SchedulePlotCommand(context)),
        Group(
            "policy",
            "Policies",
            new PolicyApplyCommand(context),
            new PolicyGetCommand(context),
            new PolicyListCommand(context),
            new PolicyHistoryCommand(context),
            new PolicyRollbackCommand(context),
            new PolicyDeleteCommand(context),
            new PolicyPromoteCommand(context),
            new PolicyAbortCommand(context),
            new PolicyWatchCommand(context)),
        Group("fleet", "Executors", new FleetListCommand(context), new FleetWaitCommand(context)),
        Group(
            "model",
            "Checkpoints, without a running service",
            new ModelInspectCommand(context),
            new ModelTokenizeCommand(context),
            new ModelPreprocessCommand(context),
            new ModelForwardCommand(context)),
        Group(
            "search",
            "Searches for schedules on the fleet",
            new SearchGSearchCommand(context),
            new SearchPSigmoidCommand(context),
            new SearchListCommand(context),
            new SearchShowCommand(context),
            new SearchWatchCommand(context),
            new SearchCancelCommand(context),
            new SearchResumeCommand(context)),
        Group("eval", "Questions with known answers", new EvalRunCommand(context), new EvalCompareCommand(context)),
        Group("study", "What a model does with vision tokens", new StudyRankingCommand(context)),
        Group("bench", "Measurements", new BenchPrefillCommand(context), new BenchServeCommand(context)),
        new DemoCommand(context),
    };

    private static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Add(command);
        }

        return group;
    }

    private static int ReportUsage(ParseResult parsed, CliContext context)
    {
        foreach (var fault in parsed.Errors)
        {
            context.Error.WriteLine($"fovea: {fault.Message}");
        }

        context.Error.WriteLine("fovea: --help after any command says what it takes");
        return ExitCodes.Usage;
    }
}
