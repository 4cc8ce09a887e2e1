using System.CommandLine;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search watch</c>: follows a search to its end and prints its result.</summary>
internal sealed class SearchWatchCommand : SearchIdCommand
{
    /// <summary>Makes the command.</summary>
    public SearchWatchCommand(CliContext context)
        : base("watch", "Follow a search to its end and print its result", context)
    {
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, SearchClient client, string id, CancellationToken cancellationToken)
    {
        var search = await client.WatchToEndAsync(id, WantsJson(result), cancellationToken);
        SearchPrinter.PrintResult(Context, search, WantsJson(result));
        return ExitCodes.Ok;
    }
}
