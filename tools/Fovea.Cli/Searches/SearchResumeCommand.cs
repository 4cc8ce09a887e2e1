using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search resume</c>: lets a search go on from its last finished trial and follows it.</summary>
internal sealed class SearchResumeCommand : SearchIdCommand
{
    private readonly Option<bool> _detach = new("--detach") { Description = "Leave it running" };

    /// <summary>Makes the command.</summary>
    public SearchResumeCommand(CliContext context)
        : base("resume", "Go on with an interrupted, failed or cancelled search", context) => Add(_detach);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, SearchClient client, string id, CancellationToken cancellationToken)
    {
        var search = await client.ResumeAsync(id, cancellationToken);
        if (!result.GetValue(_detach))
        {
            var ended = await client.WatchToEndAsync(search.Id, WantsJson(result), cancellationToken);
            SearchPrinter.PrintResult(Context, ended, WantsJson(result));
        }
        else if (WantsJson(result))
        {
            Context.WriteJson(new JsonObject { ["search"] = search.Id, ["status"] = SearchPrinter.StatusOf(search) });
        }
        else
        {
            Context.Output.WriteLine($"{search.Id} {SearchPrinter.StatusOf(search)}");
        }

        return ExitCodes.Ok;
    }
}
