using System.Collections.Immutable;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Checks that a policy lets a request replace what it asks to replace.</summary>
internal static class OverrideCheck
{
    /// <summary>Returns why the policy refuses what the request brings, or null when it does not.</summary>
    public static PlanFault? Refusal(Policy policy, PlanRequest request)
    {
        var kind = KindOf(request, policy);
        if (kind is null && request.Modes is null)
        {
            return null;
        }

        if (!policy.AllowOverrides)
        {
            var what = kind is null ? "scorer, positions or scope" : "plan";
            return Refuse($"policy '{policy.Name}' does not let a request choose its own {what} (allowOverrides is false)");
        }

        if (policy.AllowedOverrides.IsEmpty || (kind is { } known && policy.AllowedOverrides.Contains(known)))
        {
            return null;
        }

        var asked = kind is null ? "scorer, positions or scope alone" : NameOf(kind.Value);
        return Refuse($"policy '{policy.Name}' lets a request bring only {NamesOf(policy.AllowedOverrides)}, not {asked} (allowedOverrides)");
    }

    /// <summary>Returns the kind of override that takes the policy's place; naming the policy that serves anyway takes none.</summary>
    private static OverrideKind? KindOf(PlanRequest request, Policy policy) => request.Override switch
    {
        PlanOverride.PolicyName named => named.Name == policy.Name ? null : OverrideKind.Policy,
        PlanOverride.Full => OverrideKind.Full,
        PlanOverride.ScheduleRef or PlanOverride.Spec { StoredAs: not null } or PlanOverride.Spec { Schedule: IdSpec } => OverrideKind.Schedule,
        PlanOverride.Rates => OverrideKind.Rates,
        PlanOverride.BudgetValue => OverrideKind.Budget,
        PlanOverride.Spec => OverrideKind.Spec,
        _ => null,
    };

    private static string NamesOf(ImmutableArray<OverrideKind> kinds) => string.Join(", ", kinds.Select(NameOf));

    private static string NameOf(OverrideKind kind) => kind.ToString().ToLowerInvariant();

    private static PlanFault Refuse(string message) => PlanFault.Precondition("override", message);
}
