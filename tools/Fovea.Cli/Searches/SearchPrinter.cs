using Fovea.Cli.Policies;
using Fovea.Cli.Schedules;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Searches;

/// <summary>Prints what searches found.</summary>
internal static class SearchPrinter
{
    /// <summary>Returns the word for a search's status.</summary>
    public static string StatusOf(Search search) => search.Status.ToString().ToLowerInvariant();

    /// <summary>Prints the result of a search that is done.</summary>
    public static void PrintResult(CliContext context, Search search, bool asJson)
    {
        if (asJson)
        {
            context.WriteJson(SearchJson.Of(search));
        }
        else if (search.Spec?.Psigmoid is null)
        {
            PrintGSearch(context, search);
        }
        else
        {
            PrintPSigmoid(context, search);
        }
    }

    private static void PrintGSearch(CliContext context, Search search)
    {
        var (result, metric) = (search.Result, search.Spec.Metric);
        var found = SearchJson.Single(search);
        context.Output.WriteLine($"schedule  {found.ScheduleId}");
        context.Output.WriteLine($"rates     {ScheduleText.Rates(found.Rates)}");
        context.Output.WriteLine($"counts    {string.Join(' ', found.Counts)}");
        context.Output.WriteLine($"{SearchText.NameOf(metric),-9} {SearchText.MetricOf(metric, found.Metric)}, full {SearchText.MetricOf(metric, result.MetricFull)}");
        if (found.Fit is { } fit)
        {
            context.Output.WriteLine(FormattableString.Invariant($"sigmoid   k {fit.Slope:F4}, A {fit.Amplitude:F4}, c {fit.Shift:F3}, RMSE {fit.Rmse:F4}"));
        }

        PrintReports(context, found);
        context.Output.WriteLine(FormattableString.Invariant(
            $"search {search.Id}: {result.Trials} trials, {result.LayerForwards} layer-forwards, {result.Seconds:F1} s"));
    }

    private static void PrintReports(CliContext context, FoundSchedule found)
    {
        var table = new Table().AddColumn("questions").AddColumn("count").AddColumn("exact %").AddColumn("full %").AddColumn("lost / won")
            .AddColumn("mean keep").AddColumn("GFLOPs").AddColumn("full").AddColumn("fewer");
        AddReport(table, "searched", found.Calibration);
        AddReport(table, "held out", found.HeldOut);
        if (table.Rows.Count > 0)
        {
            context.WriteTable(table);
        }
    }

    private static void AddReport(Table table, string name, Report? report)
    {
        if (report is not null)
        {
            table.AddRow(
                name,
                $"{report.Questions}",
                SearchText.Number(report.Accuracy, 2),
                SearchText.Number(report.AccuracyFull, 2),
                $"{report.Lost} / {report.Won}",
                SearchText.Number(report.MeanKeep, 4),
                SearchText.Number(report.Gflops, 3),
                SearchText.Number(report.GflopsFull, 3),
                $"{SearchText.Number(report.GflopsFull / report.Gflops, 2)}x");
        }
    }

    private static void PrintPSigmoid(CliContext context, Search search)
    {
        var (result, metric) = (search.Result, search.Spec.Metric);
        var table = new Table().AddColumn("budget").AddColumn("mean keep").AddColumn("GFLOPs").AddColumn("k").AddColumn("A").AddColumn("c")
            .AddColumn(SearchText.NameOf(metric)).AddColumn("held out %").AddColumn("schedule");
        foreach (var found in result.Schedules)
        {
            table.AddRow(
                RuleText.OfBudget(found.Budget),
                SearchText.Number(SearchJson.MeanKeepOf(found), 4),
                found.Calibration is { } report ? SearchText.Number(report.Gflops, 3) : string.Empty,
                SearchText.Number(found.Slope, 4),
                SearchText.Number(found.Amplitude, 4),
                SearchText.Number(found.Shift, 3),
                SearchText.MetricOf(metric, found.Metric),
                found.HeldOut is { } heldOut ? SearchText.Number(heldOut.Accuracy, 2) : string.Empty,
                Markup.Escape(found.ScheduleId));
        }

        context.WriteTable(table);
        foreach (var budget in SearchJson.Infeasible(search))
        {
            context.Output.WriteLine($"infeasible: {RuleText.OfBudget(budget)}");
        }

        context.Output.WriteLine($"full: {SearchText.MetricOf(metric, result.MetricFull)}");
        context.Output.WriteLine(FormattableString.Invariant(
            $"search {search.Id}: {result.Trials} trials, {result.LayerForwards} layer-forwards, {result.Seconds:F1} s"));
    }
}
