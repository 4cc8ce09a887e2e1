using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search show</c>: one search with every trial.</summary>
internal sealed class SearchShowCommand : SearchIdCommand
{
    /// <summary>Makes the command.</summary>
    public SearchShowCommand(CliContext context)
        : base("show", "Show one search with every trial", context)
    {
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, SearchClient client, string id, CancellationToken cancellationToken)
    {
        var search = await client.GetAsync(id, cancellationToken);
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(search));
            return ExitCodes.Ok;
        }

        PrintTrials(search);
        Context.Output.WriteLine($"{SearchText.KindOf(search)} of {search.Spec?.Model} {search.Spec?.ModelRevision}, {SearchText.Progress(search)}");
        if (search.Error.Length > 0)
        {
            Context.Output.WriteLine($"error: {search.Error}");
        }

        if (search is { Status: SearchStatus.Done, Result: not null })
        {
            SearchPrinter.PrintResult(Context, search, asJson: false);
        }

        return ExitCodes.Ok;
    }

    private void PrintTrials(Search search)
    {
        var table = new Table().AddColumn("trial").AddColumn("step").AddColumn("mean keep").AddColumn("metric").AddColumn("questions").AddColumn("verdict")
            .AddColumn("layer-forwards").AddColumn("seconds");
        foreach (var trial in search.Trials)
        {
            table.AddRow(
                $"{trial.Index}",
                $"{trial.Step}",
                SearchText.MeanKeep(trial),
                SearchText.MetricOf(search.Spec.Metric, trial.Metric),
                $"{trial.SamplesScored}",
                SearchText.Verdict(trial),
                $"{trial.LayerForwards}",
                SearchText.Number(trial.Seconds, 2));
        }

        Context.WriteTable(table);
    }
}
