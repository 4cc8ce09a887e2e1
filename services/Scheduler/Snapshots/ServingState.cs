using System.Collections.Frozen;
using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Store;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Snapshots;

/// <summary>Is a state of the store in the forms that are served: as a message for executors, and ready to decide by.</summary>
/// <param name="State">The state itself.</param>
/// <param name="Message">Its snapshot; shared and never changed.</param>
/// <param name="Planning">What plans are decided by.</param>
/// <param name="Models">Known models by name.</param>
internal sealed record ServingState(
    StoreState State,
    Snapshot Message,
    PlanningSnapshot Planning,
    FrozenDictionary<string, DomainProfile> Models)
{
    /// <summary>Gets the known models in order of their names.</summary>
    public ImmutableArray<DomainProfile> ModelList { get; } = [.. Models.Values.OrderBy(model => model.Name, StringComparer.Ordinal)];

    /// <summary>Makes the forms, or returns every fault of what is stored.</summary>
    public static Checked<ServingState> Create(StoreState state)
    {
        var message = ToSnapshot(state);
        var planning = SnapshotMapping.ToDomain(message);
        var models = state.Models.Values.Select(ModelProfileMapping.ToDomain).ToList();
        var faults = planning.Faults.AddRange(models.SelectMany(model => model.Faults));
        if (faults.Length > 0)
        {
            return faults;
        }

        var byName = models.Select(model => model.Value!).ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);
        return new ServingState(state, message, planning.Value!, byName);
    }

    /// <summary>Makes the snapshot of a state.</summary>
    /// <remarks>
    /// Where a schedule comes from stays in the store: each snapshot would carry it to every executor, and no plan depends on it but
    /// for what a lossless search was run on, by which lossless rules find their schedules.
    /// </remarks>
    public static Snapshot ToSnapshot(StoreState state)
    {
        var snapshot = new Snapshot { Epoch = state.Epoch, Revision = state.Revision };
        snapshot.Policies.AddRange(state.Policies.Values);
        snapshot.Schedules.AddRange(state.Schedules.Values.Select(WithoutProvenance));
        snapshot.BudgetTables.AddRange(state.BudgetTables.Values);
        snapshot.CostTables.AddRange(state.CostTables.Values);
        return snapshot;
    }

    private static Schedule WithoutProvenance(Schedule schedule)
    {
        if (schedule.Provenance is not { } found)
        {
            return schedule;
        }

        var bare = schedule.Clone();
        bare.Provenance = found.Lossless
            ? new ScheduleProvenance { Lossless = true, ModelRevision = found.ModelRevision, QuestionClass = found.QuestionClass }
            : null;
        return bare;
    }
}
