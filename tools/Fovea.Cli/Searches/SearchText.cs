using System.Globalization;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Writes facts of searches for people.</summary>
internal static class SearchText
{
    private const double Minute = 60;

    /// <summary>Returns one line on how far a search is.</summary>
    public static string Progress(Search search)
    {
        var progress = search.Progress ?? new SearchProgress();
        var place = Place(search, progress.Step);
        var expected = Expected(progress);
        var best = progress.BestRates.Count > 0 ? $", best mean keep {Number(progress.BestRates.Average(), 4)}" : string.Empty;
        return $"{search.Id} {SearchPrinter.StatusOf(search)}: {place}, trial {progress.TrialsDone}{expected}{best}{Eta(progress.EtaSeconds)}, executors {progress.Executors}";
    }

    /// <summary>Returns one line on a finished trial; on the newest one with what is still expected.</summary>
    public static string Trial(Search search, SearchTrial trial)
    {
        var metric = search.Spec?.Metric ?? Metric.Unspecified;
        var left = search.Progress is { } progress && progress.TrialsDone == trial.Index + 1
            ? $"; {progress.TrialsDone}{Expected(progress)} done{Eta(progress.EtaSeconds)}"
            : string.Empty;
        return $"{search.Id} trial {trial.Index}, {Place(search, trial.Step)}: mean keep {MeanKeep(trial)}, {NameOf(metric)} {MetricOf(metric, trial.Metric)} "
            + $"on {trial.SamplesScored} questions, {Verdict(trial)}, {Number(trial.Seconds, 2)} s{left}";
    }

    /// <summary>Returns the mean keep rate of a trial.</summary>
    public static string MeanKeep(SearchTrial trial) => Number(trial.Rates.Count == 0 ? 1 : trial.Rates.Average(), 4);

    /// <summary>Returns whether a trial passed, and whether it was ended early.</summary>
    public static string Verdict(SearchTrial trial) => $"{(trial.Passed ? "passed" : "failed")}{(trial.Raced ? ", cut short" : string.Empty)}";

    /// <summary>Returns the kind of a search.</summary>
    public static string KindOf(Search search) => search.Spec?.KindCase switch
    {
        SearchSpec.KindOneofCase.Gsearch => "gsearch",
        SearchSpec.KindOneofCase.Psigmoid => "psigmoid",
        _ => "unknown",
    };

    /// <summary>Returns a metric's value with its unit.</summary>
    public static string MetricOf(Metric metric, double value) => metric is Metric.Nll or Metric.Kl ? $"{Number(value, 5)} nats" : $"{Number(value, 2)} %";

    /// <summary>Returns the word for a metric.</summary>
    public static string NameOf(Metric metric) => Choice.WordOf(ContractWords.Metrics, metric);

    /// <summary>Returns a number with so many decimals.</summary>
    public static string Number(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static string Place(Search search, int step) => search.Spec?.Psigmoid is { } psigmoid
        ? $"budget {step + 1} of {psigmoid.Budgets.Count}"
        : $"layer {step}";

    private static string Expected(SearchProgress progress) => progress.TrialsExpected > 0 ? $" of about {progress.TrialsExpected}" : string.Empty;

    private static string Eta(double seconds) => seconds switch
    {
        < 0 => string.Empty,
        < Minute => $", {Number(seconds, 0)} s left",
        _ => $", {Number(seconds / Minute, 1)} min left",
    };
}
