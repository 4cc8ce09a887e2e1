using System.Globalization;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Keeps a sigmoid whose shift is solved so that a budget is met but never exceeded:
/// <c>sigmoid:k=0.22,A=0.76,mean=0.3,first=3</c>.
/// </summary>
/// <param name="Budget">The limit.</param>
/// <param name="Slope">The slope k per layer, or null for <see cref="SigmoidDefaults.Slope"/>.</param>
/// <param name="Amplitude">The amplitude A, or null for <see cref="SigmoidDefaults.Amplitude"/>.</param>
/// <param name="First">The first 0-based layer that sees fewer tokens, at least 1.</param>
public sealed record SigmoidBudgetSpec(Budget Budget, double? Slope = null, double? Amplitude = null, int First = ScheduleSpec.DefaultFirst)
    : BudgetedSpec(Budget)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var slope = Slope is { } k ? string.Create(CultureInfo.InvariantCulture, $"k={k:R},") : string.Empty;
        var amplitude = Amplitude is { } a ? string.Create(CultureInfo.InvariantCulture, $"A={a:R},") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"sigmoid:{slope}{amplitude}{Budget},first={First}");
    }

    private protected override ScheduleFamily Family(int layers) => new SigmoidFamily(this, layers);
}
