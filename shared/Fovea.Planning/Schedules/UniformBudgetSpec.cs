using System.Globalization;

namespace Fovea.Planning.Schedules;

/// <summary>Keeps one share in every layer from <c>first</c> on, as large as a budget allows: <c>uniform:mean=0.3,first=3</c>.</summary>
/// <param name="Budget">The limit that the share is solved from.</param>
/// <param name="First">The first 0-based layer that sees fewer tokens, at least 1.</param>
public sealed record UniformBudgetSpec(Budget Budget, int First = ScheduleSpec.DefaultFirst) : BudgetedSpec(Budget)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"uniform:{Budget},first={First}");

    private protected override ScheduleFamily Family(int layers) =>
        new SteppedFamily([First], 1, (keep, share) => keep[0] = share, (share, _) => new UniformSpec(share, First));
}
