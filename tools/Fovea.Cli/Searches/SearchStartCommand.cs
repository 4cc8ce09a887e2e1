using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Fleet;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Is a command that starts searches: brings the sets to the executors, starts, and watches to the end.</summary>
internal abstract class SearchStartCommand : ServiceCommand
{
    /// <summary>Makes the command with the options of every search.</summary>
    protected SearchStartCommand(string name, string description, CliContext context)
        : base(name, description, context, EndpointOptions.Scheduler()) => Common.AddTo(this);

    /// <summary>Gets the options of every search.</summary>
    protected SearchOptions Common { get; } = new();

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (set, heldOut) = Common.LoadSets(result);
        var spec = ReadSpec(result);
        using var session = Open(result);
        using var model = await ServedModel.FindAsync(session, Common.Model(result), cancellationToken);
        var sets = heldOut is null ? [set] : new[] { set, heldOut };
        var references = await SetUploader.EnsureAsync(model.Executors, sets, Context.Error.WriteLine, cancellationToken);
        spec.Model = model.Profile.Name;
        spec.Set = references[0];
        spec.HeldOut = references.ElementAtOrDefault(1);
        return await RunAsync(result, new SearchClient(session, Context), spec, set, cancellationToken);
    }

    /// <summary>Returns the specification as far as the command line decides it.</summary>
    protected abstract SearchSpec ReadSpec(ParseResult result);

    /// <summary>Runs what was specified; one search unless a command does otherwise.</summary>
    protected virtual async Task<int> RunAsync(
        ParseResult result, SearchClient client, SearchSpec spec, QuestionSet set, CancellationToken cancellationToken)
    {
        var search = await client.StartAsync(spec, cancellationToken);
        if (Common.IsDetached(result))
        {
            PrintStarted(search, WantsJson(result));
            return ExitCodes.Ok;
        }

        var ended = await client.WatchToEndAsync(search.Id, WantsJson(result), cancellationToken);
        SearchPrinter.PrintResult(Context, ended, WantsJson(result));
        return ExitCodes.Ok;
    }

    private void PrintStarted(Search search, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(new JsonObject { ["search"] = search.Id, ["status"] = SearchPrinter.StatusOf(search) });
        }
        else
        {
            Context.Output.WriteLine(search.Id);
        }
    }
}
