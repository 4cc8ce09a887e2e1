using Fovea.Planning.Policies;

namespace Fovea.Planning.Validation;

/// <summary>Checks whom a rule serves, and its floor.</summary>
internal static class RuleValidator
{
    /// <summary>Notes every fault below <paramref name="path"/>.</summary>
    public static void Check(ClassRule rule, Policy policy, string path, FaultCollector faults)
    {
        Names.Check($"{path}.class", rule.RequestClass, true, faults);
        Names.Check($"{path}.tenant", rule.Tenant, true, faults);
        Names.Check($"{path}.model", rule.Model, true, faults);
        if (rule.Model != Policy.AnyModel && policy.Model != Policy.AnyModel && rule.Model != policy.Model)
        {
            faults.Invalid($"{path}.model", $"'{rule.Model}' is never served, the policy is for model '{policy.Model}'");
        }

        if (rule.Floor < 0)
        {
            faults.Invalid($"{path}.floor", $"{rule.Floor} is negative; 0 lets a layer drop every vision token");
        }
    }

    /// <summary>Returns whom the rule serves, in words.</summary>
    public static string Subject(ClassRule rule)
    {
        var tenant = rule.Tenant == ClassRule.AnyTenant ? string.Empty : $" of tenant '{rule.Tenant}'";
        var model = rule.Model == Policy.AnyModel ? string.Empty : $" on model '{rule.Model}'";
        return $"class '{rule.RequestClass}'{tenant}{model}";
    }
}
