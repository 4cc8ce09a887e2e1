using System.Collections.Frozen;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tables;

/// <summary>Finds the budget table and the cost table of a model; immutable, safe for any number of threads.</summary>
public sealed class ModelTables
{
    private readonly FrozenDictionary<string, BudgetTable> _budgets;
    private readonly FrozenDictionary<string, LatencyTable> _latencies;

    /// <summary>Makes the lookup; throws an <see cref="ArgumentException"/> if a model has two tables of a kind.</summary>
    public ModelTables(IEnumerable<BudgetTable> budgets, IEnumerable<LatencyTable> latencies)
    {
        _budgets = budgets.ToFrozenDictionary(table => table.Model, StringComparer.Ordinal);
        _latencies = latencies.ToFrozenDictionary(table => table.Model, StringComparer.Ordinal);
    }

    /// <summary>Gets the lookup that finds nothing.</summary>
    public static ModelTables None { get; } = new([], []);

    /// <summary>Returns the model's budget table if it was searched for its revision or for any, else null.</summary>
    public BudgetTable? FindBudgets(ModelProfile profile) =>
        _budgets.GetValueOrDefault(profile.Name) is { } table && Fits(table.ModelRevision, profile) ? table : null;

    /// <summary>Returns the model's cost table if it was measured for its revision or for any, else null.</summary>
    public LatencyTable? FindLatency(ModelProfile profile) =>
        _latencies.GetValueOrDefault(profile.Name) is { } table && Fits(table.ModelRevision, profile) ? table : null;

    private static bool Fits(string revision, ModelProfile profile) => revision == Schedule.Any || revision == profile.Revision;
}
