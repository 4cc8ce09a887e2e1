using System.Collections.Immutable;
using System.Globalization;

namespace Fovea.Cli.Charts;

/// <summary>Holds an axis' ends and its ticks at round numbers: 1, 2, 2.5 or 5 times a power of ten apart.</summary>
/// <param name="Least">Lower end.</param>
/// <param name="Most">Upper end, above the lower one.</param>
/// <param name="Step">Distance of ticks.</param>
internal sealed record AxisTicks(double Least, double Most, double Step)
{
    private const int Wanted = 6;
    private const double Slack = 1e-9;

    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>Gets the ticks within both ends.</summary>
    public ImmutableArray<double> Values
    {
        get
        {
            var first = (long)Math.Ceiling((Least / Step) - Slack);
            var last = (long)Math.Floor((Most / Step) + Slack);
            return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(index => (first + index) * Step)];
        }
    }

    /// <summary>Chooses ends and ticks for an axis: fixed ends stay, the others go out to the next tick.</summary>
    public static AxisTicks For(ChartAxis axis, IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        var least = axis.Least ?? (finite.Length == 0 ? 0 : finite.Min());
        var most = axis.Most ?? (finite.Length == 0 ? 1 : finite.Max());
        if (most <= least)
        {
            var room = Math.Max(Math.Abs(least) / 10, axis.IsWhole ? 1 : 0.5);
            (least, most) = (axis.Least ?? (least - room), axis.Most is { } fixedMost && fixedMost > least ? fixedMost : least + room);
        }

        var step = StepOf(most - least, axis.IsWhole);
        return new(
            axis.Least ?? (Math.Floor((least / step) + Slack) * step),
            axis.Most ?? (Math.Ceiling((most / step) - Slack) * step),
            step);
    }

    /// <summary>Writes a tick with as many decimals as the step has.</summary>
    public string Text(double value)
    {
        var decimals = 0;
        var scaled = Step;
        while (decimals < 12 && Math.Abs(scaled - Math.Round(scaled)) > 1e-6 * Math.Max(1, scaled))
        {
            scaled *= 10;
            decimals++;
        }

        return (Math.Abs(value) < Step * Slack ? 0 : value).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    private static double StepOf(double span, bool isWhole)
    {
        var rough = span / Wanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Steps.First(step => step * power >= rough * (1 - Slack)) * power;
        return isWhole ? Math.Max(1, Math.Ceiling(step)) : step;
    }
}
