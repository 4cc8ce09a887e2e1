using System.CommandLine;
using Fovea.Cli.Shell;
using Spectre.Console;

namespace Fovea.Cli.Searches;

/// <summary>Is <c>search list</c>.</summary>
internal sealed class SearchListCommand : ServiceCommand
{
    /// <summary>Makes the command.</summary>
    public SearchListCommand(CliContext context)
        : base("list", "List searches, newest first", context, EndpointOptions.Scheduler())
    {
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var searches = await new SearchClient(session, Context).ListAsync(cancellationToken);
        if (WantsJson(result))
        {
            Context.WriteJson(MessageJson.Of(searches));
            return ExitCodes.Ok;
        }

        var table = new Table().AddColumn("id").AddColumn("kind").AddColumn("model").AddColumn("set").AddColumn("class").AddColumn("metric")
            .AddColumn("status").AddColumn("trials").AddColumn("schedules");
        foreach (var search in searches)
        {
            table.AddRow(
                Markup.Escape(search.Id),
                SearchText.KindOf(search),
                Markup.Escape(search.Spec?.Model ?? string.Empty),
                Markup.Escape(search.Spec?.Set?.Name ?? string.Empty),
                Markup.Escape(search.Spec?.QuestionClass ?? string.Empty),
                SearchText.NameOf(search.Spec?.Metric ?? default),
                SearchPrinter.StatusOf(search),
                $"{search.Progress?.TrialsDone ?? 0}",
                Markup.Escape(string.Join(' ', search.Result?.Schedules.Select(found => found.ScheduleId) ?? [])));
        }

        Context.WriteTable(table);
        return ExitCodes.Ok;
    }
}
