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

    /// <summary>Gets the rules; a class of a tenant and model has at most one.</summary>
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

    /// <summary>Gets the kinds of override that a request may bring, in order; every kind if empty.</summary>
    public ImmutableArray<OverrideKind> AllowedOverrides { get; init; } = [];

    /// <summary>Returns the narrowest rule that fits, or null if none does.</summary>
    /// <remarks>
    /// A rule that names the tenant goes before all that do not. Of these, one that names the class goes before one that does
    /// not, and then one that names the model. Two rules that fit never name the same, so the order of rules says nothing.
    /// </remarks>
    /// <param name="requestClass">Class of the request; empty or <c>*</c> for none.</param>
    /// <param name="tenant">Tenant of the request; empty for none.</param>
    /// <param name="model">Model that serves it; empty if only rules for any model are asked for.</param>
    public ClassRule? FindRule(string requestClass, string tenant = "", string model = "")
    {
        var best = default(ClassRule);
        foreach (var rule in Rules)
        {
            if (rule.Fits(requestClass, tenant, model) && (best is null || rule.Rank > best.Rank))
            {
                best = rule;
            }
        }

        return best;
    }

    /// <summary>Returns whether both say the same.</summary>
    public bool Equals(Policy? other) =>
        other is not null
        && (Name, Model, Floor, Scorer, Positions, AllowOverrides)
            == (other.Name, other.Model, other.Floor, other.Scorer, other.Positions, other.AllowOverrides)
        && Scope == other.Scope
        && Equals(Ladder, other.Ladder)
        && AllowedOverrides.AsSpan().SequenceEqual(other.AllowedOverrides.AsSpan())
        && Sequences.AreEqual(Rules, other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Model, Floor, Scorer, Positions, AllowOverrides, Sequences.Hash(Rules));
}
