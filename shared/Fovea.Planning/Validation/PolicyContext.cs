using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;

namespace Fovea.Planning.Validation;

/// <summary>Gives what is known when a policy is checked; what is unknown is not checked.</summary>
public sealed record PolicyContext
{
    /// <summary>Gets a context in which nothing is known, for checks of the policy by itself.</summary>
    public static PolicyContext Nothing { get; } = new();

    /// <summary>Gets the lookup of stored schedules, or null to leave ids unchecked.</summary>
    public Func<ScheduleId, Schedule?>? Schedules { get; init; }

    /// <summary>Gets the budget and cost tables of the models, or null to leave budgets that depend on them unchecked.</summary>
    public ModelTables? Tables { get; init; }

    /// <summary>Gets the models that are served; rules are checked against those the policy is for.</summary>
    public ImmutableArray<ModelProfile> Models { get; init; } = [];
}
