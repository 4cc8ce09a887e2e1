using System.Collections.Immutable;
using Fovea.Planning.Policies;

namespace Fovea.Planning.Validation;

/// <summary>Checks policies and snapshots before they become valid.</summary>
public static class PolicyValidator
{
    /// <summary>Returns every fault of one policy.</summary>
    public static ImmutableArray<PlanFault> Validate(Policy policy, PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(context);
        var faults = new FaultCollector();
        Names.Check("name", policy.Name, false, faults);
        Names.Check("model", policy.Model, true, faults);
        if (policy.Floor < 0)
        {
            faults.Invalid("floor", $"{policy.Floor} is negative; 0 lets a layer drop every vision token");
        }

        CheckDefined("scorer", policy.Scorer, faults);
        CheckDefined("positions", policy.Positions, faults);
        CheckDefined("scope", policy.Scope, faults);
        CheckAllowed(policy, faults);
        CheckRules(policy, context, faults);
        LadderValidator.Check(policy, context, faults);
        return faults.ToImmutable();
    }

    /// <summary>Returns every fault of all policies together, each below <c>policies[i]</c>.</summary>
    public static ImmutableArray<PlanFault> ValidateAll(ImmutableArray<Policy> policies, PolicyContext context)
    {
        var faults = new FaultCollector();
        var seen = new HashSet<(string Name, string Model)>();
        for (var index = 0; index < policies.Length; index++)
        {
            var policy = policies[index];
            faults.AddRange(Validate(policy, context), $"policies[{index}]");
            if (!seen.Add((policy.Name, policy.Model)))
            {
                faults.Invalid($"policies[{index}].name", $"policy '{policy.Name}' is given twice for model '{policy.Model}'");
            }
        }

        return faults.ToImmutable();
    }

    private static void CheckRules(Policy policy, PolicyContext context, FaultCollector faults)
    {
        if (policy.Rules.IsDefaultOrEmpty)
        {
            faults.Invalid("rules", "no rules given, at least one is needed");
            return;
        }

        var seen = new Dictionary<(string Class, string Tenant, string Model), int>();
        for (var index = 0; index < policy.Rules.Length; index++)
        {
            var rule = policy.Rules[index];
            RuleValidator.Check(rule, policy, $"rules[{index}]", faults);
            if (!seen.TryAdd((rule.RequestClass, rule.Tenant, rule.Model), index))
            {
                faults.Invalid($"rules[{index}].class", $"{RuleValidator.Subject(rule)} has a rule already, rules[{seen[(rule.RequestClass, rule.Tenant, rule.Model)]}]");
            }

            var nested = new FaultCollector();
            ServingValidator.Check(rule, policy, context, nested);
            faults.AddRange(nested.ToImmutable(), $"rules[{index}]");
        }
    }

    private static void CheckAllowed(Policy policy, FaultCollector faults)
    {
        var seen = new HashSet<OverrideKind>();
        for (var index = 0; index < policy.AllowedOverrides.Length; index++)
        {
            var kind = policy.AllowedOverrides[index];
            CheckDefined($"allowedOverrides[{index}]", kind, faults);
            if (!seen.Add(kind))
            {
                faults.Invalid($"allowedOverrides[{index}]", $"{kind} is given twice");
            }
        }
    }

    private static void CheckDefined<T>(string field, T value, FaultCollector faults)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Invalid(field, $"{value} is unknown, known are {string.Join(", ", Enum.GetNames<T>())}");
        }
    }
}
