using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Checks that each budget of P-Sigmoid can be met at all.</summary>
internal static class BudgetCheck
{
    /// <summary>Returns whether a budget is one of milliseconds, which needs the model's cost table.</summary>
    public static bool NeedsLatency(SearchSpec spec) =>
        spec.Psigmoid?.Budgets.Any(budget => budget.KindCase == Contracts.V1.Budget.KindOneofCase.Milliseconds) ?? false;

    /// <summary>Notes budgets that are malformed, or infeasible with the nearest that is not.</summary>
    /// <param name="spec">The search.</param>
    /// <param name="context">What budgets are solved with; those of milliseconds are passed over while it has no latency.</param>
    /// <param name="faults">Where faults are noted.</param>
    public static void Check(SearchSpec spec, ScheduleContext context, SearchFaults faults)
    {
        for (var index = 0; index < spec.Psigmoid.Budgets.Count; index++)
        {
            var budget = BudgetMapping.ToDomain(spec.Psigmoid.Budgets[index]);
            faults.AddRange(budget.IsValid ? Solve(budget.Value, spec.FirstLayer, context) : budget.Faults, $"spec.psigmoid.budgets[{index}]");
        }
    }

    /// <summary>Returns what budgets are solved with.</summary>
    public static ScheduleContext ContextOf(DomainProfile model, PromptSize prompt, Scorer scorer, LatencyTable? latency) => new()
    {
        Shape = model.Shape,
        VisionTokens = prompt.VisionTokens,
        TextTokens = prompt.TextTokens,
        Floor = prompt.Floor,
        Latency = latency,
        Scorer = scorer switch
        {
            Scorer.Last => TokenScorer.Last,
            Scorer.NextLast => TokenScorer.NextLast,
            Scorer.Raters => TokenScorer.Raters,
            Scorer.Random => TokenScorer.Random,
            Scorer.Coverage => TokenScorer.Coverage,
            _ => TokenScorer.Instruction,
        },
    };

    private static IEnumerable<PlanFault> Solve(Planning.Schedules.Budget budget, int firstLayer, ScheduleContext context) =>
        budget.Kind == BudgetKind.Milliseconds && context.Latency is null
            ? []
            : SigmoidShift.Solve(new SigmoidBudgetSpec(budget, First: firstLayer), context).Faults;
}
