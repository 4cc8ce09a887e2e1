using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search cancel</c>.</summary>
internal sealed class SearchCancelCommand : SearchIdCommand
{
    /// <summary>Makes the command.</summary>
    public SearchCancelCommand(CliContext context)
        : base("cancel", "End a running search; what it tried is kept", context)
    {
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, SearchClient client, string id, CancellationToken cancellationToken)
    {
        var search = await client.CancelAsync(id, cancellationToken);
        if (WantsJson(result))
        {
            Context.WriteJson(new JsonObject { ["search"] = search.Id, ["status"] = SearchPrinter.StatusOf(search) });
        }
        else
        {
            Context.Output.WriteLine($"{search.Id} {SearchPrinter.StatusOf(search)} after {search.Progress?.TrialsDone ?? 0} trials");
        }

        return ExitCodes.Ok;
    }
}
