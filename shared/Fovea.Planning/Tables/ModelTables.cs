using System.Collections.Frozen;
using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tables;

/// <summary>
/// Finds what was searched and measured for a model: budget table, cost table, lossless schedules; immutable, safe for any
/// number of threads.
/// </summary>
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

    /// <summary>Gets what lossless searches have stored, the newest first.</summary>
    public ImmutableArray<LosslessSchedule> Lossless
    {
        get;
        init => field = [.. value.OrderByDescending(found => found.Revision)];
    } = [];

    /// <summary>
    /// Returns the newest schedule that a lossless search has stored for the model in its revision, on questions of that class or
    /// of all; null if there is none.
    /// </summary>
    /// <param name="profile">The model.</param>
    /// <param name="requestClass">The class, or <c>*</c> to take only schedules that were searched on all questions.</param>
    public LosslessSchedule? FindLossless(ModelProfile profile, string requestClass)
    {
        foreach (var found in Lossless)
        {
            var isOfClass = found.RequestClass.Length == 0 || found.RequestClass == requestClass;
            if (isOfClass && found.Model == profile.Name && Fits(found.ModelRevision, profile))
            {
                return found;
            }
        }

        return null;
    }

    private static bool Fits(string revision, ModelProfile profile) => revision == Schedule.Any || revision == profile.Revision;
}
