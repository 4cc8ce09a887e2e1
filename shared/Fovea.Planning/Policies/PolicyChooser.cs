using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Chooses policy, version and serving of a request.</summary>
/// <remarks>
/// Without a snapshot, or if no policy is named <c>default</c>, the built-in policy keeps everything. An override that
/// needs nothing from a snapshot is honoured then; one that refers to a policy gets everything kept. Whether overrides
/// are allowed is said by the policy that would serve the request without one. While a canary runs, the request's id says
/// whether it or the policy is that policy.
/// </remarks>
internal static class PolicyChooser
{
    private static readonly PolicyVersion BuiltIn = new(
        new Policy { Name = string.Empty, Rules = [new ClassRule(ClassRule.AnyClass, new Serving.Full())] }, 0, false);

    /// <summary>Returns the choice, or the fault that prevents it.</summary>
    public static Checked<PolicyChoice> Choose(PolicySnapshot? snapshot, ModelProfile profile, PlanRequest request)
    {
        var found = FindPolicy(snapshot, Policy.DefaultName, profile, request);
        if (!found.IsValid && found.Faults[0].Kind != PlanFaultKind.NotFound)
        {
            return found.Faults;
        }

        var version = found.Value ?? BuiltIn;
        var isFallback = !found.IsValid;
        if (OverrideCheck.Refusal(version.Policy, request) is { } refusal)
        {
            return refusal;
        }

        var subject = new Subject(request.RequestClass, request.Tenant, profile.Name);
        return request.Override switch
        {
            null => ByRule(version, subject, isFallback),
            PlanOverride.PolicyName named when named.Name == version.Policy.Name => ByRule(version, subject, isFallback),
            PlanOverride.PolicyName named => ByName(snapshot, named.Name, profile, request),
            PlanOverride.ScheduleRef or PlanOverride.Spec { Schedule: IdSpec } when snapshot is null => ByRule(BuiltIn, subject, true),
            { } chosen => Choice(version, null, ToServing(chosen, version.Policy, subject), isFallback),
        };
    }

    private static Checked<PolicyChoice> ByName(PolicySnapshot? snapshot, string name, ModelProfile profile, PlanRequest request)
    {
        var subject = new Subject(request.RequestClass, request.Tenant, profile.Name);
        if (snapshot is null)
        {
            return ByRule(BuiltIn, subject, true);
        }

        var found = FindPolicy(snapshot, name, profile, request);
        return found.IsValid ? ByRule(found.Value, subject, false) : found.Faults;
    }

    private static Checked<PolicyChoice> ByRule(PolicyVersion version, Subject subject, bool isFallback) =>
        version.Policy.FindRule(subject.RequestClass, subject.Tenant, subject.Model) is { } rule
            ? Choice(version, rule, rule.Serve, isFallback)
            : PlanFault.Missing("class", NoRule(version.Policy, subject));

    private static PolicyChoice Choice(PolicyVersion version, ClassRule? rule, Serving serve, bool isFallback)
    {
        var policy = rule?.Floor is { } floor ? version.Policy with { Floor = floor } : version.Policy;
        return new(policy, rule, serve, isFallback) { Revision = version.Revision, IsCanary = version.IsCanary };
    }

    private static string NoRule(Policy policy, Subject subject)
    {
        var wanted = subject.RequestClass.Length == 0 ? ClassRule.AnyClass : subject.RequestClass;
        var isNarrow = policy.Rules.Any(rule => rule.Tenant != ClassRule.AnyTenant || rule.Model != Policy.AnyModel);
        var who = isNarrow ? $" that serves tenant '{subject.Tenant}' on model '{subject.Model}'" : string.Empty;
        return $"policy '{policy.Name}' has no rule for class '{wanted}' and none for '{ClassRule.AnyClass}'{who}";
    }

    private static Checked<PolicyVersion> FindPolicy(PolicySnapshot? snapshot, string name, ModelProfile profile, PlanRequest request)
    {
        if (snapshot?.FindVersions(name, profile.Name) is { } stored)
        {
            return (request.IsBeside ? stored.VersionBeside(request.RequestId) : null) ?? stored.VersionFor(request.RequestId);
        }

        var models = snapshot?.ModelsOf(name) ?? [];
        return models.Length == 0
            ? PlanFault.Missing("policy", $"no policy '{name}' is known")
            : PlanFault.Precondition("policy", $"policy '{name}' is for model '{string.Join("', '", models)}', but '{profile.Name}' is served");
    }

    private static Serving ToServing(PlanOverride chosen, Policy policy, Subject subject) => chosen switch
    {
        PlanOverride.Full => new Serving.Full(),
        PlanOverride.Rates rates => new Serving.BySpec(new RatesSpec(rates.Values, rates.Floor)),
        PlanOverride.ScheduleRef reference => new Serving.BySchedule(reference.Id),
        PlanOverride.Spec spec => new Serving.BySpec(spec.Schedule),
        PlanOverride.BudgetValue budget when policy.FindRule(subject.RequestClass, subject.Tenant, subject.Model)?.Serve is Serving.ByBudget rule =>
            new Serving.ByBudget(budget.Budget, rule.Slope, rule.Amplitude, rule.First),
        PlanOverride.BudgetValue budget => new Serving.ByBudget(budget.Budget),
        _ => throw new ArgumentOutOfRangeException(nameof(chosen), chosen, "unknown kind of override"),
    };

    private readonly record struct Subject(string RequestClass, string Tenant, string Model);
}
