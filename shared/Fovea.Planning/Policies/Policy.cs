using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Says which schedule serves which class of requests of a model.</summary>
public sealed record Policy
{
    /// <summary>The name of the policy that serves requests that name none.</summary>
    public const string DefaultName = "default";

    /// <summary>The model that stands for any.</summary>
    public const string AnyModel = "*";

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the name of the model, or <c>*</c> for any.</summary>
    public string Model { get; init; } = AnyModel;

    /// <summary>Gets the rules; a class has at most one.</summary>
    public required ImmutableArray<ClassRule> Rules { get; init; }

    /// <summary>Gets the fewest vision tokens a layer keeps unless a schedule brings its own floor; default 1, 0 allowed.</summary>
    public int Floor { get; init; } = 1;

    /// <summary>Gets the scorer.</summary>
    public TokenScorer Scorer { get; init; }

    /// <summary>Gets the position mode.</summary>
    public PositionMode Positions { get; init; }

    /// <summary>Gets among which tokens of a request with several images the rates choose.</summary>
    public BudgetScope Scope { get; init; }

    /// <summary>Gets whether a request may bring its own plan; default true.</summary>
    public bool AllowOverrides { get; init; } = true;

    /// <summary>Gets what happens to budgets while an executor is overloaded, or null for nothing.</summary>
    public OverloadLadder? Ladder { get; init; }

    /// <summary>Returns the rule of a class: its own, else that of <c>*</c>, else null.</summary>
    public ClassRule? FindRule(string requestClass)
    {
        var any = default(ClassRule);
        foreach (var rule in Rules)
        {
            if (rule.RequestClass == requestClass)
            {
                return rule;
            }

            any = rule.RequestClass == ClassRule.AnyClass ? rule : any;
        }

        return any;
    }

    /// <summary>Returns whether both say the same.</summary>
    public bool Equals(Policy? other) =>
        other is not null
        && (Name, Model, Floor, Scorer, Positions, AllowOverrides)
            == (other.Name, other.Model, other.Floor, other.Scorer, other.Positions, other.AllowOverrides)
        && Scope == other.Scope
        && Equals(Ladder, other.Ladder)
        && Sequences.AreEqual(Rules, other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Model, Floor, Scorer, Positions, AllowOverrides, Sequences.Hash(Rules));
}
