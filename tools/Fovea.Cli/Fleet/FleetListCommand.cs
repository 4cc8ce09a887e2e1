using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Fleet;

/// <summary>Is <c>fleet list</c>.</summary>
internal sealed class FleetListCommand : ServiceCommand
{
    /// <summary>Makes the command.</summary>
    public FleetListCommand(CliContext context)
        : base("list", "List executors and the snapshot that each has applied", context, EndpointOptions.Scheduler())
    {
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var answer = await new FleetService.FleetServiceClient(session.Channel).ListExecutorsAsync(new ListExecutorsRequest(), session.Call(cancellationToken));
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(answer.Executors));
            return ExitCodes.Ok;
        }

        var table = new Table().AddColumn("executor").AddColumn("address").AddColumn("model").AddColumn("revision").AddColumn("state")
            .AddColumn("applied").AddColumn("digest").AddColumn("policies").AddColumn("scheduler").AddColumn("waiting").AddColumn("running");
        foreach (var executor in answer.Executors)
        {
            table.AddRow(
                Markup.Escape(executor.ExecutorId),
                Markup.Escape(executor.Address),
                Markup.Escape(executor.Model?.Name ?? string.Empty),
                Markup.Escape(Short(executor.Model?.Revision)),
                executor.Connected ? "connected" : $"silent {executor.SilentSeconds:F0} s",
                $"{executor.AppliedRevision}{(executor.AppliedRevision == answer.Revision ? string.Empty : $" of {answer.Revision}")}",
                Markup.Escape(Short(executor.AppliedDigest)),
                Markup.Escape(SyncOf(executor)),
                Markup.Escape(executor.Scheduler),
                $"{executor.Load?.Waiting ?? 0}",
                $"{executor.Load?.Running ?? 0}");
        }

        Context.WriteTable(table);
        Context.Output.WriteLine($"scheduler: epoch {answer.Epoch}, revision {answer.Revision}");
        return ExitCodes.Ok;
    }

    private static string SyncOf(ExecutorStatus executor) => executor.Sync switch
    {
        SyncState.Acked => "acked",
        SyncState.Behind => "behind",
        SyncState.Nacked => $"nacked: {executor.LastNack}",
        SyncState.Ahead => "ahead",
        _ => executor.LastNack,
    };

    private static string Short(string? revision)
    {
        const int Shown = 12;
        return revision is null ? string.Empty : revision[..Math.Min(Shown, revision.Length)];
    }
}
