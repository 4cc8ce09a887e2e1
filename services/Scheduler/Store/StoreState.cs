using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Store;

/// <summary>Is everything stored at one time; never changed after it was made, and so are the messages in it.</summary>
/// <param name="Epoch">Name of this history; another one only after history was lost on purpose.</param>
/// <param name="Generation">Counts every commit; identifies the state within its epoch.</param>
/// <param name="Revision">Counts the commits that changed policies, schedules or tables: what snapshots and plans quote.</param>
/// <param name="Policies">Policies by name.</param>
/// <param name="Schedules">Schedules by id.</param>
/// <param name="Models">Profile announced last under each model name.</param>
internal sealed record StoreState(
    string Epoch,
    long Generation,
    long Revision,
    ImmutableSortedDictionary<string, StoredPolicy> Policies,
    ImmutableSortedDictionary<string, Schedule> Schedules,
    ImmutableSortedDictionary<string, ModelProfile> Models)
{
    /// <summary>Gets the budget table of each model that has one.</summary>
    public ImmutableSortedDictionary<string, BudgetTable> BudgetTables { get; init; } = NoneOf<BudgetTable>();

    /// <summary>Gets the cost table of each model that has one.</summary>
    public ImmutableSortedDictionary<string, CostTable> CostTables { get; init; } = NoneOf<CostTable>();

    /// <summary>Gets the name of the commit that made it, by which a store that several schedulers share tells apart what they hold; else empty.</summary>
    public string Stamp { get; init; } = string.Empty;

    /// <summary>Returns the state of a store that nothing was put into.</summary>
    public static StoreState Empty(string epoch) => new(epoch, 0, 0, NoneOf<StoredPolicy>(), NoneOf<Schedule>(), NoneOf<ModelProfile>());

    /// <summary>Returns the state after a change: generation +1, and revision +1 unless only a model became known.</summary>
    /// <exception cref="ArgumentException">A schedule of other content is stored under the id: schedules never change.</exception>
    public StoreState With(StoreChange change)
    {
        var next = Revision + 1;
        var state = change switch
        {
            StoreChange.PutPolicy put => this with { Revision = next, Policies = Policies.SetItem(put.Policy.Name, Stored(put, next)) },
            StoreChange.DeletePolicy delete => this with { Revision = next, Policies = Policies.Remove(delete.Name) },
            StoreChange.PutSchedule put => this with { Revision = next, Schedules = Schedules.SetItem(put.Schedule.Id, Immutable(put.Schedule, next)) },
            StoreChange.DeleteSchedule delete => this with { Revision = next, Schedules = Schedules.Remove(delete.Id) },
            StoreChange.PutBudgetTable put => this with { Revision = next, BudgetTables = BudgetTables.SetItem(put.Table.Model, Stored(put.Table, next)) },
            StoreChange.PutCostTable put => this with { Revision = next, CostTables = CostTables.SetItem(put.Table.Model, Stored(put.Table, next)) },
            StoreChange.PutModel put => this with { Models = Models.SetItem(put.Model.Name, put.Model.Clone()) },
            _ => throw new ArgumentException($"unknown change {change.GetType().Name}", nameof(change)),
        };
        return state with { Generation = Generation + 1 };
    }

    /// <summary>Returns the same content as the beginning of another epoch.</summary>
    public StoreState InEpoch(string epoch)
    {
        var policies = Policies;
        foreach (var (name, policy) in Policies)
        {
            var moved = policy.Clone();
            moved.Epoch = epoch;
            policies = policies.SetItem(name, moved);
        }

        return this with { Epoch = epoch, Generation = Generation + 1, Policies = policies };
    }

    private static ImmutableSortedDictionary<string, T> NoneOf<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private StoredPolicy Stored(StoreChange.PutPolicy put, long revision)
    {
        var stored = new StoredPolicy { Policy = put.Policy.Clone(), Revision = revision, Epoch = Epoch, Canary = put.Canary?.Clone() };
        if (stored.Canary is { Revision: 0 } begun)
        {
            begun.Revision = revision;
        }

        return stored;
    }

    private static Schedule Stored(Schedule schedule, long revision)
    {
        var stored = schedule.Clone();
        stored.Revision = revision;
        return stored;
    }

    private Schedule Immutable(Schedule schedule, long revision)
    {
        var stored = Schedules.GetValueOrDefault(schedule.Id);
        if (stored is not null && !Content(schedule).Equals(Content(stored)))
        {
            throw new ArgumentException($"schedule '{schedule.Id}' is stored with other content", nameof(schedule));
        }

        // The same content may be found by another search: where it comes from is then newer.
        return stored is not null && Stored(schedule, stored.Revision).Equals(stored) ? stored : Stored(schedule, revision);
    }

    private static Schedule Content(Schedule schedule)
    {
        var content = Stored(schedule, 0);
        (content.Name, content.Provenance) = (string.Empty, null);
        return content;
    }

    private static BudgetTable Stored(BudgetTable table, long revision)
    {
        var stored = table.Clone();
        stored.Revision = revision;
        return stored;
    }

    private static CostTable Stored(CostTable table, long revision)
    {
        var stored = table.Clone();
        stored.Revision = revision;
        return stored;
    }
}
