using System.Collections.Immutable;
using System.CommandLine;
using Fovea.Cli.Charts;
using Fovea.Cli.Fleet;
using Fovea.Cli.Sets;
using Fovea.Cli.Shell;
using Spectre.Console;

namespace Fovea.Cli.Comparison;

/// <summary>Is <c>eval compare</c>: measures P-Sigmoid and its rivals at equal cost on the same questions.</summary>
internal sealed class EvalCompareCommand : ServiceCommand
{
    private readonly Option<string> _set = new("--set") { Required = true, HelpName = "DIR", Description = "Folder with questions.jsonl and images/" };
    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Model; the fleet's only one unless given" };
    private readonly Option<string> _out = new("--out") { HelpName = "DIR", Description = "Write compare.json, compare.svg, compare.png and compare.html there" };
    private readonly Option<int> _limit = new("--limit") { HelpName = "N", Description = "Ask only the first N questions" };
    private readonly CompareOptions _options = new();

    /// <summary>Makes the command.</summary>
    public EvalCompareCommand(CliContext context)
        : base("compare", "Compare P-Sigmoid with its rivals at equal cost", context, EndpointOptions.Scheduler())
    {
        foreach (var option in new Option[] { _set, _model, _out, _limit })
        {
            Add(option);
        }

        _options.AddTo(this);
        Ranges.Bound(_limit, 1, int.MaxValue);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var set = QuestionSet.Load(result.GetRequiredValue(_set));
        var questions = result.GetResult(_limit) is null ? set.Questions.Count : Math.Min(set.Questions.Count, result.GetValue(_limit));
        ImmutableArray<int> samples = [.. Enumerable.Range(0, questions)];
        using var session = Open(result);
        using var model = await ServedModel.FindAsync(session, result.GetValue(_model), cancellationToken);
        var run = new CompareRun(session, model, Context.Error);
        var report = await run.RunAsync(set, samples, _options.Read(result), _options.ReadVtw(result, questions), cancellationToken);
        if (result.GetValue(_out) is { } folder)
        {
            await WriteAsync(report, folder, cancellationToken);
        }

        Print(report, WantsJson(result));
        return ExitCodes.Ok;
    }

    private static async Task WriteAsync(CompareReport report, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var figure = CompareFigure.Of(report);
        await FigureFile.WriteAsync(figure, Path.Combine(folder, "compare.svg"), cancellationToken);
        await FigureFile.WriteAsync(figure, Path.Combine(folder, "compare.png"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "compare.html"), CompareHtml.Of(report), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "compare.json"), CliContext.ToText(CompareJson.Of(report)) + "\n", cancellationToken);
    }

    private void Print(CompareReport report, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(CompareJson.Of(report));
            return;
        }

        var table = new Table();
        foreach (var place in CompareCells.Narrow)
        {
            table.AddColumn(CompareCells.Heads[place]);
        }

        foreach (var row in report.Rows)
        {
            var cells = CompareCells.Of(row);
            table.AddRow([.. CompareCells.Narrow.Select(place => Markup.Escape(cells[place]))]);
        }

        Context.WriteTable(table);
        foreach (var note in CompareCells.Notes(report))
        {
            Context.Output.WriteLine(note);
        }
    }
}
