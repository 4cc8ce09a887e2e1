using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;

namespace Fovea.Planning.Validation;

/// <summary>Checks how a rule serves its class, by itself and for every known model the policy is for.</summary>
internal static class ServingValidator
{
    private const int SomeContext = 32768;

    /// <summary>Notes every fault.</summary>
    public static void Check(ClassRule rule, Policy policy, PolicyContext context, FaultCollector faults)
    {
        var models = context.Models.Where(model => IsServed(model.Name, policy.Model) && IsServed(model.Name, rule.Model)).ToArray();
        switch (rule.Serve)
        {
            case Serving.Lossless:
                CheckLossless(rule, policy, context, models, faults);
                break;
            case Serving.BySchedule reference:
                CheckReference(reference.Id, context, models, faults);
                break;
            case Serving.BySpec { Spec: IdSpec reference }:
                CheckReference(reference.Id, context, models, faults);
                break;
            case Serving.BySpec { Spec: BudgetedSpec spec }:
                CheckBudget(spec, null, context, models, faults);
                break;
            case Serving.BySpec { Spec: var spec }:
                CheckSpec(spec, rule.Floor ?? policy.Floor, models, faults);
                break;
            case Serving.ByBudget budget:
                CheckBudget(budget.Spec, budget, context, models, faults);
                break;
        }
    }

    private static bool IsServed(string model, string selector) => selector is Policy.AnyModel || selector == model;

    private static void CheckLossless(ClassRule rule, Policy policy, PolicyContext context, ModelProfile[] models, FaultCollector faults)
    {
        if (context.Tables is not { } tables)
        {
            return;
        }

        foreach (var model in models.Where(model => tables.FindLossless(model, rule.RequestClass) is null))
        {
            faults.Add(LosslessFit.Missing(tables, model, rule.RequestClass));
        }

        // Of a model that no executor has announced only the name can be told.
        var name = rule.Model is Policy.AnyModel ? policy.Model : rule.Model;
        if (models.Length == 0 && !tables.Lossless.Any(found => IsServed(found.Model, name)))
        {
            faults.Add(LosslessFit.Missing(name));
        }
    }

    private static void CheckReference(ScheduleId id, PolicyContext context, ModelProfile[] models, FaultCollector faults)
    {
        if (context.Schedules is not { } find)
        {
            return;
        }

        if (find(id) is not { } schedule)
        {
            faults.Add(PlanFault.Missing("schedule", $"no schedule {id} is known"));
            return;
        }

        foreach (var model in models)
        {
            ScheduleFit.Check(schedule, model, faults);
        }
    }

    private static void CheckSpec(ScheduleSpec spec, int floor, ModelProfile[] models, FaultCollector faults)
    {
        // What the parser would refuse is refused here, too: a spec may have been built in code.
        var parsed = ScheduleSpec.Parse(spec.ToString());
        faults.AddRange(parsed.Faults, "spec");
        foreach (var model in parsed.IsValid ? models : [])
        {
            var context = new ScheduleContext { Shape = model.Shape, VisionTokens = 1, TextTokens = 1, Floor = floor };
            faults.AddRange(spec.Resolve(context).Faults, "spec");
        }
    }

    private static void CheckBudget(
        BudgetedSpec spec, Serving.ByBudget? rule, PolicyContext context, ModelProfile[] models, FaultCollector faults)
    {
        var parsed = ScheduleSpec.Parse(spec.ToString());
        faults.AddRange(parsed.Faults, "budget");
        foreach (var model in parsed.IsValid ? models : [])
        {
            var table = rule is { IsShapeOpen: true } ? context.Tables?.FindBudgets(model) : null;
            faults.AddRange(BudgetFaults(spec, table, context, model), "budget");
        }
    }

    /// <summary>Returns why no request of the model can meet the budget; of a table only the range of mean keep rates, which holds for any.</summary>
    private static ImmutableArray<PlanFault> BudgetFaults(BudgetedSpec spec, BudgetTable? table, PolicyContext context, ModelProfile model)
    {
        var kind = spec.Budget.Kind;
        if (kind == BudgetKind.Milliseconds && context.Tables is null)
        {
            return [];
        }

        var easiest = EasiestContext(kind, model) with { Latency = context.Tables?.FindLatency(model) };
        return table is not null && kind == BudgetKind.MeanKeep ? table.Resolve(spec.Budget, easiest).Faults
            : table is not null ? (spec is SigmoidBudgetSpec sigmoid ? sigmoid with { First = table.First } : spec).Resolve(easiest).Faults
            : spec.Resolve(easiest).Faults;
    }

    /// <summary>
    /// Returns the request for which the budget is easiest to meet, so that only a budget no request can meet is refused:
    /// the longest possible one for shares, one tile for absolute limits; no floor.
    /// </summary>
    private static ScheduleContext EasiestContext(BudgetKind kind, ModelProfile model)
    {
        var isShare = kind is BudgetKind.MeanKeep or BudgetKind.FlopsShare;
        var most = model.ContextLength > 1 ? model.ContextLength - 1 : SomeContext;
        var tile = Math.Min(most, model.Shape.Vision?.VisionTokensPerTile ?? 1);
        return new ScheduleContext { Shape = model.Shape, VisionTokens = isShare ? most : tile, TextTokens = 1, Floor = 0 };
    }
}
