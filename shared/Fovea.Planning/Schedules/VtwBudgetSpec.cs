namespace Fovea.Planning.Schedules;

/// <summary>Withdraws all vision tokens before the deepest layer that a budget allows: <c>vtw:mean=0.3</c> (VTW).</summary>
/// <param name="Budget">The limit that K is solved from.</param>
public sealed record VtwBudgetSpec(Budget Budget) : BudgetedSpec(Budget)
{
    /// <inheritdoc/>
    public override string ToString() => $"vtw:{Budget}";

    private protected override ScheduleFamily Family(int layers) => new VtwFamily(layers);
}
