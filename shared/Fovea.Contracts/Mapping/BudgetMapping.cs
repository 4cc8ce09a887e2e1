using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps budgets.</summary>
public static class BudgetMapping
{
    /// <summary>Returns the budget, or every fault.</summary>
    public static Checked<Budget> ToDomain(Wire.Budget? message)
    {
        var budget = message?.KindCase switch
        {
            Wire.Budget.KindOneofCase.MeanKeep => new Budget(BudgetKind.MeanKeep, message.MeanKeep),
            Wire.Budget.KindOneofCase.FlopsShare => new Budget(BudgetKind.FlopsShare, message.FlopsShare),
            Wire.Budget.KindOneofCase.Tflops => new Budget(BudgetKind.Tflops, message.Tflops),
            Wire.Budget.KindOneofCase.KvBytes => new Budget(BudgetKind.KvBytes, message.KvBytes),
            Wire.Budget.KindOneofCase.Milliseconds => new Budget(BudgetKind.Milliseconds, message.Milliseconds),
            _ => null,
        };
        var faults = new FaultList();
        if (budget is null)
        {
            faults.Invalid(string.Empty, "no budget given, known are meanKeep, flopsShare, tflops, kvBytes and milliseconds");
        }
        else
        {
            faults.AddRange(budget.Validate());
        }

        return faults.Check(() => budget!);
    }

    /// <summary>Returns the message.</summary>
    public static Wire.Budget ToProto(Budget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return budget.Kind switch
        {
            BudgetKind.MeanKeep => new Wire.Budget { MeanKeep = budget.Value },
            BudgetKind.FlopsShare => new Wire.Budget { FlopsShare = budget.Value },
            BudgetKind.Tflops => new Wire.Budget { Tflops = budget.Value },
            BudgetKind.KvBytes => new Wire.Budget { KvBytes = budget.Value },
            BudgetKind.Milliseconds => new Wire.Budget { Milliseconds = budget.Value },
            _ => throw new ArgumentOutOfRangeException(nameof(budget), budget.Kind, "unknown kind of budget"),
        };
    }
}
