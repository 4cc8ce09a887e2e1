using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Fleet;

/// <summary>Is <c>fleet wait</c>: ends when every executor serves by a change.</summary>
internal sealed class FleetWaitCommand : ServiceCommand
{
    private const double MostSeconds = 86_400;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Option<long?> _revision = new("--revision") { HelpName = "REVISION", Description = "Revision to wait for; the scheduler's newest unless given" };

    private readonly Option<double> _within = new("--within")
    {
        HelpName = "SECONDS",
        Description = "Longest wait",
        DefaultValueFactory = _ => 60,
    };

    /// <summary>Makes the command.</summary>
    public FleetWaitCommand(CliContext context)
        : base("wait", "Wait until every connected executor serves by a revision", context, EndpointOptions.Scheduler())
    {
        Ranges.Bound(_within, 0, MostSeconds);
        Add(_revision);
        Add(_within);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var client = new FleetService.FleetServiceClient(session.Channel);
        var (begin, within) = (Context.Time.GetTimestamp(), TimeSpan.FromSeconds(result.GetValue(_within)));
        var revision = result.GetValue(_revision);
        while (true)
        {
            var fleet = await client.ListExecutorsAsync(new ListExecutorsRequest(), session.Call(cancellationToken));
            var progress = FleetProgress.Of(fleet, revision ??= fleet.Revision);
            if (progress.IsDone)
            {
                Print(progress, WantsJson(result));
                return ExitCodes.Ok;
            }

            if (!progress.Refused.IsEmpty || Context.Time.GetElapsedTime(begin) >= within)
            {
                throw new CliException(
                    progress.Refused.IsEmpty ? ExitCodes.Unavailable : ExitCodes.Failed, $"revision {revision} is not applied everywhere: {progress.Missing()}");
            }

            await Task.Delay(Interval, Context.Time, cancellationToken);
        }
    }

    private void Print(FleetProgress progress, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(new JsonObject
            {
                ["epoch"] = progress.Epoch,
                ["revision"] = progress.Revision,
                ["applied"] = new JsonArray([.. progress.Applied.Select(id => (JsonNode)id)]),
                ["silent"] = new JsonArray([.. progress.Silent.Select(id => (JsonNode)id)]),
            });
            return;
        }

        var silent = progress.Silent.IsEmpty ? string.Empty : $"; silent: {string.Join(", ", progress.Silent)}";
        Context.Output.WriteLine($"revision {progress.Revision} is applied by {progress.Applied.Length} executors{silent}");
    }
}
