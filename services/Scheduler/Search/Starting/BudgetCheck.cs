using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Checks that each budget of P-Sigmoid can be met at all.</summary>
internal static class BudgetCheck
{
    /// <summary>Notes budgets that are malformed, or infeasible with the nearest that is not.</summary>
    public static void Check(PSigmoidSpec spec, int firstLayer, DomainProfile model, PromptSize prompt, SearchFaults faults)
    {
        for (var index = 0; index < spec.Budgets.Count; index++)
        {
            var field = $"spec.psigmoid.budgets[{index}]";
            var budget = BudgetMapping.ToDomain(spec.Budgets[index]);
            faults.AddRange(budget.IsValid ? Solve(budget.Value, firstLayer, model, prompt) : budget.Faults, field);
        }
    }

    /// <summary>Returns what a sigmoid is solved with.</summary>
    public static ScheduleContext ContextOf(DomainProfile model, PromptSize prompt) => new()
    {
        Shape = model.Shape,
        VisionTokens = prompt.VisionTokens,
        TextTokens = prompt.TextTokens,
        Floor = prompt.Floor,
    };

    private static IEnumerable<Fovea.Planning.Validation.PlanFault> Solve(Planning.Schedules.Budget budget, int firstLayer, DomainProfile model, PromptSize prompt) =>
        SigmoidShift.Solve(new SigmoidBudgetSpec(budget, First: firstLayer), ContextOf(model, prompt)).Faults;
}
