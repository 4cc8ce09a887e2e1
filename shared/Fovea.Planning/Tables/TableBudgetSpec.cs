using System.Globalization;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tables;

/// <summary>Serves a budget by a table; made for a decision, never written or parsed.</summary>
/// <param name="Table">The table.</param>
/// <param name="Budget">The limit.</param>
internal sealed record TableBudgetSpec(BudgetTable Table, Budget Budget) : BudgetedSpec(Budget)
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) => Table.Resolve(Budget, context);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sigmoid:{Budget},first={Table.First},table={Table.SearchId}");

    private protected override ScheduleFamily Family(int layers)
    {
        var shape = Table.ShapeAt(Table.Most);
        return new SigmoidFamily(new SigmoidBudgetSpec(Budget, shape.Slope, shape.Amplitude, Table.First), layers);
    }
}
