using System.Globalization;

namespace Fovea.Planning.Schedules;

/// <summary>Drops before layer K, once, as much as a budget asks for: <c>fastv:K=2,mean=0.3</c> (FastV).</summary>
/// <param name="Budget">The limit that R is solved from.</param>
/// <param name="K">The 0-based layer before which tokens are dropped, at least 1.</param>
public sealed record FastVBudgetSpec(Budget Budget, int K) : BudgetedSpec(Budget)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"fastv:K={K},{Budget}");

    private protected override ScheduleFamily Family(int layers) =>
        new SteppedFamily([K], 1, (keep, share) => keep[0] = share, (share, _) => new FastVSpec(K, 1 - share));
}
