using System.Text.Json.Nodes;
using Fovea.Cli.Policies;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Writes results of searches in their documented JSON forms.</summary>
internal static class SearchJson
{
    /// <summary>Returns the result of a search that is done.</summary>
    public static JsonObject Of(Search search) => search.Spec?.Psigmoid is null ? OfGSearch(search) : OfPSigmoid(search);

    /// <summary>Returns the one schedule of a G-Search.</summary>
    /// <exception cref="CliException">The result holds none, or several.</exception>
    public static FoundSchedule Single(Search search) => search.Result?.Schedules is [var found]
        ? found
        : throw new CliException(ExitCodes.Failed, $"search {search.Id} ended with {search.Result?.Schedules.Count ?? 0} schedules instead of one");

    /// <summary>Returns the budgets that were asked for and for which nothing was found.</summary>
    public static IEnumerable<Budget> Infeasible(Search search) =>
        search.Spec.Psigmoid.Budgets.Where(budget => !search.Result.Schedules.Any(found => budget.Equals(found.Budget)));

    /// <summary>Returns the mean keep rate that a schedule reaches on the searched questions, or that of its rates.</summary>
    public static double MeanKeepOf(FoundSchedule found) =>
        found.Calibration?.MeanKeep ?? (found.Rates.Count == 0 ? 1 : found.Rates.Average());

    private static JsonObject OfGSearch(Search search)
    {
        var found = Single(search);
        var json = new JsonObject
        {
            ["schedule"] = found.ScheduleId,
            ["rates"] = Array(found.Rates),
            ["counts"] = new JsonArray([.. found.Counts.Select(count => (JsonNode)count)]),
            ["metric_full"] = search.Result.MetricFull,
            ["metric"] = found.Metric,
            ["trials"] = search.Result.Trials,
            ["layer_forwards"] = search.Result.LayerForwards,
        };
        AddCommon(json, search);
        json["fit"] = Message(found.Fit);
        json["calibration"] = Message(found.Calibration);
        json["held_out"] = Message(found.HeldOut);
        return json;
    }

    private static JsonObject OfPSigmoid(Search search)
    {
        var json = new JsonObject
        {
            ["budgets"] = new JsonArray([.. search.Result.Schedules.Select(OfBudget)]),
            ["infeasible"] = new JsonArray([.. Infeasible(search).Select(budget => (JsonNode)RuleText.OfBudget(budget))]),
            ["metric_full"] = search.Result.MetricFull,
            ["trials"] = search.Result.Trials,
            ["layer_forwards"] = search.Result.LayerForwards,
        };
        AddCommon(json, search);
        json["table"] = Message(search.Result.Table);
        return json;
    }

    private static JsonNode OfBudget(FoundSchedule found) => new JsonObject
    {
        ["budget"] = RuleText.OfBudget(found.Budget),
        ["mean_keep"] = MeanKeepOf(found),
        ["slope"] = found.Slope,
        ["amplitude"] = found.Amplitude,
        ["shift"] = found.Shift,
        ["metric"] = found.Metric,
        ["schedule"] = found.ScheduleId,
        ["rates"] = Array(found.Rates),
        ["counts"] = new JsonArray([.. found.Counts.Select(count => (JsonNode)count)]),
        ["calibration"] = Message(found.Calibration),
        ["held_out"] = Message(found.HeldOut),
    };

    private static void AddCommon(JsonObject json, Search search)
    {
        json["search"] = search.Id;
        json["metric_name"] = SearchText.NameOf(search.Spec.Metric);
        json["class"] = search.Spec.QuestionClass;
        json["seconds"] = search.Result.Seconds;
    }

    private static JsonArray Array(IEnumerable<double> numbers) => [.. numbers.Select(number => (JsonNode)number)];

    private static JsonObject? Message(Google.Protobuf.IMessage? message) => message is null ? null : MessageJson.Of(message);
}
