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
        var policy = Draft(message, out var faults);
        return faults.Length > 0 ? faults : policy!;
    }

    /// <summary>
    /// Returns the policy with every fault of it by itself. What is at fault has its default in the draft, so that the rest can be
    /// checked for more faults; null if no policy is given.
    /// </summary>
    public static Policy? Draft(Wire.Policy? message, out ImmutableArray<PlanFault> found)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no policy given");
            found = faults.ToImmutable();
            return null;
        }

        CheckName(message.Name, faults);
        var scorer = EnumMapping.ToDomain(message.Scorer, "scorer", faults);
        var positions = EnumMapping.ToDomain(message.Positions, "positions", faults);
        var scope = ScopeMapping.ToDomain(message.Scope, "scope", faults);
        var ladder = LadderMapping.ToDomain(message.Ladder, faults);
        var allowed = OverrideKindMapping.ToDomain(message.AllowedOverrides, faults);
        var rules = message.Rules.Select((rule, index) => RuleMapping.ToDomain(rule, $"rules[{index}]", faults));
        var policy = new Policy
        {
            Name = message.Name,
            Model = message.Model.Length == 0 ? Policy.AnyModel : message.Model,
            Rules = [.. rules],
            Floor = message.HasFloor ? message.Floor : 1,
            Scorer = scorer ?? default,
            Positions = positions ?? default,
            Scope = scope ?? default,
            AllowOverrides = !message.HasAllowOverrides || message.AllowOverrides,
            Ladder = ladder,
            AllowedOverrides = allowed,
        };
        found = Union(faults.ToImmutable(), PolicyValidator.Validate(policy, PolicyContext.Nothing));
        return policy;
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
        message.AllowedOverrides.AddRange(policy.AllowedOverrides.Select(kind => kind.ToProto()));
        message.Rules.AddRange(policy.Rules.Select(RuleMapping.ToProto));
        return message;
    }

    /// <summary>Returns both, what the second says of a field that the first names left out.</summary>
    public static ImmutableArray<PlanFault> Union(ImmutableArray<PlanFault> first, IEnumerable<PlanFault> second) =>
        [.. first, .. second.Where(fault => !first.Any(known => known.Field == fault.Field))];

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
}
