using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps policies; a policy mapped there and back has its defaults written out.</summary>
public static class PolicyMapping
{
    private const int MaxNameLength = 63;

    /// <summary>Returns the policy, or every fault of it by itself; what it refers to is not looked up.</summary>
    public static Checked<Policy> ToDomain(Wire.Policy? message)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no policy given");
            return faults.ToImmutable();
        }

        CheckName(message.Name, faults);
        var scorer = EnumMapping.ToDomain(message.Scorer, "scorer", faults);
        var positions = EnumMapping.ToDomain(message.Positions, "positions", faults);
        var scope = ScopeMapping.ToDomain(message.Scope, "scope", faults);
        var rules = ToDomain(message.Rules, faults);
        var ladder = LadderMapping.ToDomain(message.Ladder, faults);
        var policy = new Policy
        {
            Name = message.Name,
            Model = message.Model.Length == 0 ? Policy.AnyModel : message.Model,
            Rules = rules,
            Floor = message.HasFloor ? message.Floor : 1,
            Scorer = scorer ?? default,
            Positions = positions ?? default,
            Scope = scope ?? default,
            AllowOverrides = !message.HasAllowOverrides || message.AllowOverrides,
            Ladder = ladder,
        };
        var all = Union(faults.ToImmutable(), OwnFaults(policy, message.Rules.Count));
        return all.Length > 0 ? all : policy;
    }

    /// <summary>Returns the message, every field written out.</summary>
    public static Wire.Policy ToProto(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var message = new Wire.Policy
        {
            Name = policy.Name,
            Model = policy.Model,
            Floor = policy.Floor,
            Scorer = policy.Scorer.ToProto(),
            Positions = policy.Positions.ToProto(),
            Scope = policy.Scope.ToProto(),
            AllowOverrides = policy.AllowOverrides,
            Ladder = LadderMapping.ToProto(policy.Ladder),
        };
        foreach (var rule in policy.Rules)
        {
            var written = new Wire.ClassRule { RequestClass = rule.RequestClass };
            ServingMapping.Write(rule.Serve, written);
            message.Rules.Add(written);
        }

        return message;
    }

    private static void CheckName(string name, FaultList faults)
    {
        var isValid = name.Length is > 0 and <= MaxNameLength
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        if (!isValid)
        {
            faults.Invalid("name", $"'{name}' must be 1 to {MaxNameLength} lower-case letters, digits or dashes and start with a letter or digit");
        }
    }

    private static ImmutableArray<ClassRule> ToDomain(IReadOnlyList<Wire.ClassRule> messages, FaultList faults)
    {
        var rules = ImmutableArray.CreateBuilder<ClassRule>(messages.Count);
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            if (faults.Take(ServingMapping.ToDomain(message), $"rules[{index}]") is { } serve)
            {
                rules.Add(new ClassRule(message.RequestClass, serve));
            }
        }

        return rules.ToImmutable();
    }

    /// <summary>Returns what the policy's own validation finds; rules are left out when mapping could not make all of them.</summary>
    private static IEnumerable<PlanFault> OwnFaults(Policy policy, int rules)
    {
        var found = PolicyValidator.Validate(policy, PolicyContext.Nothing);
        return policy.Rules.Length == rules ? found : found.Where(fault => !fault.Field.StartsWith("rules", StringComparison.Ordinal));
    }

    private static ImmutableArray<PlanFault> Union(ImmutableArray<PlanFault> first, IEnumerable<PlanFault> second) =>
        [.. first, .. second.Where(fault => !first.Any(known => known.Field == fault.Field))];
}
