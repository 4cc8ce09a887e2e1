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
        var place = search.Spec?.Psigmoid is null
            ? $"layer {progress.Step}"
            : $"budget {progress.Step + 1} of {progress.Steps}";
        var expected = progress.TrialsExpected > 0 ? $" of about {progress.TrialsExpected}" : string.Empty;
        var best = progress.BestRates.Count > 0 ? $", best mean keep {Number(progress.BestRates.Average(), 4)}" : string.Empty;
        return $"{search.Id} {SearchPrinter.StatusOf(search)}: {place}, trial {progress.TrialsDone}{expected}{best}{Eta(progress.EtaSeconds)}, executors {progress.Executors}";
    }

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

    private static string Eta(double seconds) => seconds switch
    {
        < 0 => string.Empty,
        < Minute => $", {Number(seconds, 0)} s left",
        _ => $", {Number(seconds / Minute, 1)} min left",
    };
}
