namespace Fovea.Scheduler.Store.Redis;

/// <summary>Names the kinds of messages that a state holds, in the order in which scripts are given them.</summary>
internal enum ResourceKind
{
    /// <summary>A <c>StoredPolicy</c>.</summary>
    Policy,

    /// <summary>A <c>Schedule</c>.</summary>
    Schedule,

    /// <summary>A <c>ModelProfile</c>.</summary>
    Model,

    /// <summary>A <c>BudgetTable</c>.</summary>
    BudgetTable,

    /// <summary>A <c>CostTable</c>.</summary>
    CostTable,
}
