using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Planning.Validation;

/// <summary>Checks overload ladders, by themselves and for every known model the policy is for.</summary>
internal static class LadderValidator
{
    private const int MostWaiting = 1_000_000;

    /// <summary>Notes every fault, its field below <c>ladder</c>.</summary>
    public static void Check(Policy policy, PolicyContext context, FaultCollector faults)
    {
        if (policy.Ladder is not { } ladder)
        {
            return;
        }

        var nested = new FaultCollector();
        if (!double.IsFinite(ladder.RecoverShare) || ladder.RecoverShare is <= 0 or >= 1)
        {
            nested.Invalid("recoverShare", FormattableString.Invariant($"{ladder.RecoverShare} must be above 0 and below 1"));
        }

        if (ladder.HoldMilliseconds is < 1 or > OverloadLadder.MostHoldMilliseconds)
        {
            nested.Invalid("holdMs", $"{ladder.HoldMilliseconds} is outside 1..{OverloadLadder.MostHoldMilliseconds}");
        }

        CheckTiers(ladder.Tiers, nested);
        CheckTables(policy, context, nested);
        faults.AddRange(nested.ToImmutable(), "ladder");
    }

    private static void CheckTiers(ImmutableArray<OverloadTier> tiers, FaultCollector faults)
    {
        if (tiers.IsDefaultOrEmpty || tiers.Length > OverloadLadder.MostTiers)
        {
            faults.Invalid("tiers", $"{(tiers.IsDefault ? 0 : tiers.Length)} tiers given, 1 to {OverloadLadder.MostTiers} are allowed");
            return;
        }

        for (var index = 0; index < tiers.Length; index++)
        {
            var (tier, before) = (tiers[index], tiers[..index]);
            CheckThresholds($"tiers[{index}]", tier, before, faults);
            faults.AddRange([.. tier.Budget.Validate()], $"tiers[{index}].budget");
            CheckFall($"tiers[{index}].budget", tier.Budget, before, faults);
        }
    }

    private static void CheckThresholds(string field, OverloadTier tier, ImmutableArray<OverloadTier> before, FaultCollector faults)
    {
        if (tier.Waiting is < 0 or > MostWaiting)
        {
            faults.Invalid($"{field}.waiting", $"{tier.Waiting} is outside 0..{MostWaiting}");
        }

        if (!(tier.KvShare >= 0 && tier.KvShare <= 1))
        {
            faults.Invalid($"{field}.kvShare", FormattableString.Invariant($"{tier.KvShare} must be between 0 and 1"));
        }

        if (tier.Waiting == 0 && tier.KvShare == 0)
        {
            faults.Invalid(field, "names no threshold; waiting, kvShare or both are needed");
        }

        var waiting = before.Select(other => other.Waiting).DefaultIfEmpty(0).Max();
        if (tier.Waiting > 0 && tier.Waiting <= waiting)
        {
            faults.Invalid($"{field}.waiting", $"{tier.Waiting} must be above {waiting} of a milder tier");
        }

        var share = before.Select(other => other.KvShare).DefaultIfEmpty(0).Max();
        if (tier.KvShare > 0 && tier.KvShare <= share)
        {
            faults.Invalid($"{field}.kvShare", FormattableString.Invariant($"{tier.KvShare} must be above {share} of a milder tier"));
        }
    }

    private static void CheckFall(string field, Budget budget, ImmutableArray<OverloadTier> before, FaultCollector faults)
    {
        var milder = before.Where(other => other.Budget.Kind == budget.Kind).Select(other => other.Budget.Value).DefaultIfEmpty(double.PositiveInfinity).Min();
        if (budget.Value > milder)
        {
            faults.Invalid(field, FormattableString.Invariant($"{budget} must be at most {budget.KindName}={milder:R} of a milder tier"));
        }
    }

    private static void CheckTables(Policy policy, PolicyContext context, FaultCollector faults)
    {
        if (context.Tables is not { } tables || policy.Ladder!.Tiers.IsDefault)
        {
            return;
        }

        var bare = context.Models
            .Where(model => (policy.Model is Policy.AnyModel || policy.Model == model.Name) && tables.FindLatency(model) is null)
            .ToArray();
        for (var index = 0; index < policy.Ladder.Tiers.Length; index++)
        {
            var budget = policy.Ladder.Tiers[index].Budget;
            foreach (var model in budget.Kind == BudgetKind.Milliseconds ? bare : [])
            {
                faults.Add(PlanFault.Precondition(
                    $"tiers[{index}].budget.{budget.KindName}",
                    $"budget {budget} needs a cost table: no cost table was measured for model {model.Name}"));
            }
        }
    }
}
