using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Schedules;

/// <summary>Writes stored schedules for people.</summary>
internal static class ScheduleText
{
    private const int MostShown = 8;

    /// <summary>Returns the written form, or the first rates.</summary>
    public static string FormOf(Schedule schedule) =>
        schedule.Rates.Count == 0
            ? schedule.Spec
            : $"{schedule.Rates.Count} rates: {Rates(schedule.Rates.Take(MostShown))}{(schedule.Rates.Count > MostShown ? " ..." : string.Empty)}";

    /// <summary>Returns rates with three decimals.</summary>
    public static string Rates(IEnumerable<double> rates) =>
        string.Join(' ', rates.Select(rate => rate.ToString("0.###", CultureInfo.InvariantCulture)));
}
