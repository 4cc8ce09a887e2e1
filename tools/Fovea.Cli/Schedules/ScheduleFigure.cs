using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fovea.Cli.Charts;
using Fovea.Cli.Studies;

namespace Fovea.Cli.Schedules;

/// <summary>Draws schedules: by layer when all have as many, else by relative depth.</summary>
internal static class ScheduleFigure
{
    private const string PaperName = "G-Search, LLaVA-1.5-7B, published";

    /// <summary>Returns the drawing.</summary>
    public static Figure Of(string title, IReadOnlyList<ScheduleCurve> curves, bool withPaper)
    {
        var all = withPaper ? [.. curves, new ScheduleCurve(PaperName, PublishedFigures.KeepRates)] : curves;
        var isOneDepth = all.Select(curve => curve.Rates.Count).Distinct().Count() == 1;
        var depth = all[0].Rates.Count;
        var x = isOneDepth
            ? new ChartAxis("layer, from 0", -0.5, depth - 0.5, IsWhole: true)
            : new ChartAxis("relative depth, % of the layers", 0, 100);
        ImmutableArray<ChartSeries> series = [.. all.Select(curve => Series(curve, isOneDepth))];
        return new Figure(title, string.Empty, [new(string.Empty, x, new("keep rate", 0, 1), series)], 1);
    }

    /// <summary>Returns what was drawn.</summary>
    public static JsonObject ToJson(string path, IReadOnlyList<ScheduleCurve> curves) => new()
    {
        ["file"] = path,
        ["schedules"] = new JsonArray([.. curves.Select(curve => (JsonNode)new JsonObject
        {
            ["name"] = curve.Name,
            ["mean_keep"] = curve.MeanKeep,
            ["rates"] = new JsonArray([.. curve.Rates.Select(rate => (JsonNode)rate)]),
        })]),
    };

    private static ChartSeries Series(ScheduleCurve curve, bool isOneDepth)
    {
        var points = curve.Rates.Select((rate, layer) => new ChartPoint(isOneDepth ? layer : 100 * (layer + 0.5) / curve.Rates.Count, rate));
        return new(
            FormattableString.Invariant($"{curve.Name}, mean {curve.MeanKeep:F3}"),
            [.. points],
            isOneDepth ? ChartLine.Steps : ChartLine.Solid,
            curve.Rates.Count <= 48);
    }
}
