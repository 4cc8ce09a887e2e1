using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Store;

/// <summary>Is one change of the store: the unit that is committed whole or not at all.</summary>
internal abstract record StoreChange
{
    /// <summary>Gets the lease that the change is made under; null for none.</summary>
    public StoreFence? Fence { get; init; }

    /// <summary>Creates a policy or replaces the one of the same name.</summary>
    /// <param name="Policy">The policy, valid against the state that the change is committed to.</param>
    /// <param name="Canary">
    /// The canary beside it from now on: the stored one keeps it, one whose revision is 0 begins at this change's, null ends what there is.
    /// </param>
    internal sealed record PutPolicy(Policy Policy, Canary? Canary = null) : StoreChange
    {
        /// <summary>Gets what history says of it; null is an anonymous one.</summary>
        public ChangeNote? Note { get; init; }
    }

    /// <summary>Removes a policy and its canary; history stays.</summary>
    /// <param name="Name">Name of a stored policy.</param>
    internal sealed record DeletePolicy(string Name) : StoreChange
    {
        /// <summary>Gets what history says of it; null is an anonymous one.</summary>
        public ChangeNote? Note { get; init; }
    }

    /// <summary>Adds a schedule under its id.</summary>
    /// <param name="Schedule">The schedule, its id set and its revision not.</param>
    internal sealed record PutSchedule(Schedule Schedule) : StoreChange;

    /// <summary>Removes a schedule.</summary>
    /// <param name="Id">Id of a stored schedule.</param>
    internal sealed record DeleteSchedule(string Id) : StoreChange;

    /// <summary>Remembers the shape that an executor announced under a model's name.</summary>
    /// <param name="Model">The profile, valid.</param>
    internal sealed record PutModel(ModelProfile Model) : StoreChange;

    /// <summary>Replaces the budget table of a model.</summary>
    /// <param name="Table">The table, valid, its revision not set.</param>
    internal sealed record PutBudgetTable(BudgetTable Table) : StoreChange;

    /// <summary>Replaces the cost table of a model.</summary>
    /// <param name="Table">The table, valid, its revision not set.</param>
    internal sealed record PutCostTable(CostTable Table) : StoreChange;
}
