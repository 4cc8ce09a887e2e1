using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Chooses policy and serving of a request.</summary>
/// <remarks>
/// Without a snapshot, or if no policy is named <c>default</c>, the built-in policy keeps everything. An override that
/// needs nothing from a snapshot is honoured then; one that refers to a policy gets everything kept. Whether overrides
/// are allowed is said by the policy that would serve the request without one.
/// </remarks>
internal static class PolicyChooser
{
    private static readonly Policy BuiltIn = new()
    {
        Name = string.Empty,
        Rules = [new ClassRule(ClassRule.AnyClass, new Serving.Full())],
    };

    /// <summary>Returns the choice, or the fault that prevents it.</summary>
    public static Checked<PolicyChoice> Choose(PolicySnapshot? snapshot, ModelProfile profile, PlanRequest request)
    {
        var found = FindPolicy(snapshot, Policy.DefaultName, profile);
        if (!found.IsValid && found.Faults[0].Kind != PlanFaultKind.NotFound)
        {
            return found.Faults;
        }

        var policy = found.Value ?? BuiltIn;
        var isFallback = !found.IsValid;
        if (!policy.AllowOverrides && Replaced(request, policy) is { } what)
        {
            return PlanFault.Precondition(
                "override", $"policy '{policy.Name}' does not let a request choose its own {what} (allowOverrides is false)");
        }

        return request.Override switch
        {
            null => ByClass(policy, request.RequestClass, isFallback),
            PlanOverride.PolicyName named when named.Name == policy.Name => ByClass(policy, request.RequestClass, isFallback),
            PlanOverride.PolicyName named => ByName(snapshot, named.Name, profile, request.RequestClass),
            PlanOverride.ScheduleRef or PlanOverride.Spec { Schedule: IdSpec } when snapshot is null => ByClass(BuiltIn, string.Empty, true),
            { } chosen => new PolicyChoice(policy, string.Empty, ToServing(chosen, policy, request.RequestClass), isFallback),
        };
    }

    /// <summary>Returns what the request replaces of the policy's choice, or null for nothing.</summary>
    private static string? Replaced(PlanRequest request, Policy policy) =>
        request.Override is not (null or PlanOverride.PolicyName) ? "plan"
        : request.Override is PlanOverride.PolicyName named && named.Name != policy.Name ? "plan"
        : request.Modes is not null ? "scorer, positions or scope"
        : null;

    private static Checked<PolicyChoice> ByName(PolicySnapshot? snapshot, string name, ModelProfile profile, string requestClass)
    {
        if (snapshot is null)
        {
            return ByClass(BuiltIn, string.Empty, true);
        }

        var found = FindPolicy(snapshot, name, profile);
        return found.IsValid ? ByClass(found.Value, requestClass, false) : found.Faults;
    }

    private static Checked<PolicyChoice> ByClass(Policy policy, string requestClass, bool isFallback)
    {
        var wanted = requestClass.Length == 0 ? ClassRule.AnyClass : requestClass;
        return policy.FindRule(wanted) is { } rule
            ? new PolicyChoice(policy, rule.RequestClass, rule.Serve, isFallback)
            : PlanFault.Missing("class", $"policy '{policy.Name}' has no rule for class '{wanted}' and none for '{ClassRule.AnyClass}'");
    }

    private static Checked<Policy> FindPolicy(PolicySnapshot? snapshot, string name, ModelProfile profile)
    {
        if (snapshot?.FindPolicy(name, profile.Name) is { } policy)
        {
            return policy;
        }

        var models = snapshot?.ModelsOf(name) ?? [];
        return models.Length == 0
            ? PlanFault.Missing("policy", $"no policy '{name}' is known")
            : PlanFault.Precondition("policy", $"policy '{name}' is for model '{string.Join("', '", models)}', but '{profile.Name}' is served");
    }

    private static Serving ToServing(PlanOverride chosen, Policy policy, string requestClass) => chosen switch
    {
        PlanOverride.Full => new Serving.Full(),
        PlanOverride.Rates rates => new Serving.BySpec(new RatesSpec(rates.Values, rates.Floor)),
        PlanOverride.ScheduleRef reference => new Serving.BySchedule(reference.Id),
        PlanOverride.Spec spec => new Serving.BySpec(spec.Schedule),
        PlanOverride.BudgetValue budget when policy.FindRule(requestClass)?.Serve is Serving.ByBudget rule =>
            new Serving.ByBudget(budget.Budget, rule.Slope, rule.Amplitude, rule.First),
        PlanOverride.BudgetValue budget => new Serving.ByBudget(budget.Budget),
        _ => throw new ArgumentOutOfRangeException(nameof(chosen), chosen, "unknown kind of override"),
    };
}
