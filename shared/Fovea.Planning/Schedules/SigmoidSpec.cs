using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Keeps <c>min(1, A / (1 + exp(k (l - c))))</c> in layer l from <c>first</c> on: <c>sigmoid:k=0.22,A=0.76,c=12.2,first=3</c>
/// (P-Sigmoid, arXiv 2412.00556).
/// </summary>
/// <param name="Slope">The slope k per layer, above 0.</param>
/// <param name="Amplitude">The amplitude A, above 0.</param>
/// <param name="Shift">The layer c where the rate is A/2.</param>
/// <param name="First">The first 0-based layer that sees fewer tokens, at least 1.</param>
public sealed record SigmoidSpec(double Slope, double Amplitude, double Shift, int First = ScheduleSpec.DefaultFirst) : ScheduleSpec
{
    internal const double MaxSlope = 100;
    internal const double MaxAmplitude = 100;
    internal const double MaxShift = 1e6;
    internal const double Least = 1e-6;

    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context)
    {
        var rates = new double[context.Shape.Layers];
        SigmoidCurve.Fill(rates, Slope, Amplitude, Shift, First);
        return new ResolvedSchedule(KeepRates.Trusted([.. rates]), null);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"sigmoid:k={Slope:R},A={Amplitude:R},c={Shift:R},first={First}");

    internal static ScheduleSpec? From(SpecArguments arguments, FaultCollector faults)
    {
        var isSolved = arguments.HasBudget();
        var slope = isSolved ? arguments.Number("k", Least, MaxSlope) : arguments.NeededNumber("k", Least, MaxSlope);
        var amplitude = isSolved ? arguments.Number("A", Least, MaxAmplitude) : arguments.NeededNumber("A", Least, MaxAmplitude);
        var first = arguments.Integer("first", 1, int.MaxValue, DefaultFirst) ?? DefaultFirst;
        if (arguments.Has("c") == isSolved)
        {
            faults.Invalid("c", $"either c or one budget ({Schedules.Budget.Known}) must be given");
        }

        var shift = arguments.Number("c", -MaxShift, MaxShift);
        return isSolved
            ? arguments.Budget() is { } budget ? new SigmoidBudgetSpec(budget, slope, amplitude, first) : null
            : slope is { } k && amplitude is { } a && shift is { } c ? new SigmoidSpec(k, a, c, first) : null;
    }
}
