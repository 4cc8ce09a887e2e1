using System.CommandLine;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Searches;

/// <summary>Is a command about one search, named by its id.</summary>
internal abstract class SearchIdCommand : ServiceCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Search id" };

    /// <summary>Makes the command.</summary>
    protected SearchIdCommand(string name, string description, CliContext context)
        : base(name, description, context, EndpointOptions.Scheduler()) => Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        return await RunAsync(result, new SearchClient(session, Context), result.GetRequiredValue(_id), cancellationToken);
    }

    /// <summary>Runs the command for a search.</summary>
    protected abstract Task<int> RunAsync(ParseResult result, SearchClient client, string id, CancellationToken cancellationToken);
}
