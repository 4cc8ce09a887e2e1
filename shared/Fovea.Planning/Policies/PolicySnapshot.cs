using System.Collections.Frozen;
using System.Collections.Immutable;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;

namespace Fovea.Planning.Policies;

/// <summary>Holds all policies and schedules valid at one time; immutable, safe for any number of threads.</summary>
public sealed class PolicySnapshot
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, VersionedPolicy>> _policies;
    private readonly FrozenDictionary<ScheduleId, Schedule> _schedules;

    /// <summary>Makes a snapshot of policies that no store has versioned; throws an <see cref="ArgumentException"/> if two share name and model.</summary>
    /// <param name="epoch">Changes only when history was lost on purpose.</param>
    /// <param name="revision">Counter of changes within the epoch.</param>
    /// <param name="policies">All policies.</param>
    /// <param name="schedules">All schedules; one given twice counts once.</param>
    /// <param name="tables">Budget and cost tables of the models; none if null.</param>
    public PolicySnapshot(
        string epoch, long revision, IEnumerable<Policy> policies, IEnumerable<Schedule> schedules, ModelTables? tables = null)
        : this(epoch, revision, [.. policies.Select(policy => new VersionedPolicy(policy))], schedules, tables)
    {
    }

    private PolicySnapshot(
        string epoch, long revision, ImmutableArray<VersionedPolicy> versions, IEnumerable<Schedule> schedules, ModelTables? tables)
    {
        Tables = tables ?? ModelTables.None;
        Epoch = epoch;
        Revision = revision;
        Versions = versions;
        Policies = [.. versions.Select(stored => stored.Policy)];
        Schedules = [.. schedules.DistinctBy(schedule => schedule.Id)];
        _policies = Versions
            .GroupBy(stored => stored.Policy.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, ByModel, StringComparer.Ordinal);
        _schedules = Schedules.ToFrozenDictionary(schedule => schedule.Id);
        FindSchedule = id => _schedules.GetValueOrDefault(id);
    }

    /// <summary>Gets the epoch.</summary>
    public string Epoch { get; }

    /// <summary>Gets the revision.</summary>
    public long Revision { get; }

    /// <summary>Gets all policies in the order given, canaries left out.</summary>
    public ImmutableArray<Policy> Policies { get; }

    /// <summary>Gets all policies in the order given, each with its revision and canary.</summary>
    public ImmutableArray<VersionedPolicy> Versions { get; }

    /// <summary>Gets all policies that may serve a request: those stored and those on trial.</summary>
    public IEnumerable<Policy> ServingPolicies => Policies.Concat(Versions.Select(stored => stored.Canary?.Policy).OfType<Policy>());

    /// <summary>Gets all schedules in the order given.</summary>
    public ImmutableArray<Schedule> Schedules { get; }

    /// <summary>Gets the budget and cost tables of the models.</summary>
    public ModelTables Tables { get; }

    /// <summary>Gets the lookup of schedules; null if the id is unknown.</summary>
    public Func<ScheduleId, Schedule?> FindSchedule { get; }

    /// <summary>Makes a snapshot of stored policies; throws an <see cref="ArgumentException"/> if two share name and model.</summary>
    /// <param name="epoch">Changes only when history was lost on purpose.</param>
    /// <param name="revision">Counter of changes within the epoch.</param>
    /// <param name="policies">All policies with their revisions and canaries.</param>
    /// <param name="schedules">All schedules; one given twice counts once.</param>
    /// <param name="tables">What was searched and measured for the models.</param>
    public static PolicySnapshot OfVersions(
        string epoch, long revision, IEnumerable<VersionedPolicy> policies, IEnumerable<Schedule> schedules, ModelTables tables) =>
        new(epoch, revision, [.. policies], schedules, tables);

    /// <summary>Returns the policy of that name for the model, canary aside: one for exactly that model, else one for any, else null.</summary>
    public Policy? FindPolicy(string name, string model) => FindVersions(name, model)?.Policy;

    /// <summary>Returns the same as <see cref="FindPolicy"/> with its revision and canary.</summary>
    public VersionedPolicy? FindVersions(string name, string model) =>
        !_policies.TryGetValue(name, out var byModel) ? null
        : byModel.TryGetValue(model, out var exact) ? exact
        : byModel.GetValueOrDefault(Policy.AnyModel);

    /// <summary>Returns the models that have a policy of that name, sorted.</summary>
    public ImmutableArray<string> ModelsOf(string name) =>
        _policies.TryGetValue(name, out var byModel) ? [.. byModel.Keys.Order(StringComparer.Ordinal)] : [];

    private static FrozenDictionary<string, VersionedPolicy> ByModel(IGrouping<string, VersionedPolicy> group)
    {
        var twice = group.GroupBy(stored => stored.Policy.Model, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? group.ToFrozenDictionary(stored => stored.Policy.Model, StringComparer.Ordinal)
            : throw new ArgumentException($"policy '{group.Key}' is given {twice.Count()} times for model '{twice.Key}'");
    }
}
