using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Contracts.Snapshots;

/// <summary>Reads a snapshot as what it is made of: resources, each with a key and a revision.</summary>
public static class SnapshotResources
{
    /// <summary>Returns every resource, in the order of kinds and then of the message.</summary>
    public static IEnumerable<IMessage> In(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Policies.Concat<IMessage>(snapshot.Schedules).Concat(snapshot.BudgetTables).Concat(snapshot.CostTables);
    }

    /// <summary>Returns the resources by key; of two with one key the later one.</summary>
    public static Dictionary<ResourceKey, IMessage> ByKey(Snapshot snapshot)
    {
        var resources = new Dictionary<ResourceKey, IMessage>();
        foreach (var resource in In(snapshot))
        {
            resources[KeyOf(resource)] = resource;
        }

        return resources;
    }

    /// <summary>Returns a resource's key.</summary>
    public static ResourceKey KeyOf(IMessage resource) => resource switch
    {
        StoredPolicy policy => new(ResourceKind.Policy, policy.Policy?.Name ?? string.Empty),
        Schedule schedule => new(ResourceKind.Schedule, schedule.Id),
        BudgetTable table => new(ResourceKind.BudgetTable, table.Model),
        CostTable table => new(ResourceKind.CostTable, table.Model),
        _ => throw Unknown(resource),
    };

    /// <summary>Returns the revision of a resource's last change.</summary>
    public static long RevisionOf(IMessage resource) => resource switch
    {
        StoredPolicy policy => policy.Revision,
        Schedule schedule => schedule.Revision,
        BudgetTable table => table.Revision,
        CostTable table => table.Revision,
        _ => throw Unknown(resource),
    };

    /// <summary>Adds a resource to the list of its kind.</summary>
    public static void Add(Snapshot snapshot, IMessage resource)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        switch (resource)
        {
            case StoredPolicy policy:
                snapshot.Policies.Add(policy);
                break;
            case Schedule schedule:
                snapshot.Schedules.Add(schedule);
                break;
            case BudgetTable table:
                snapshot.BudgetTables.Add(table);
                break;
            case CostTable table:
                snapshot.CostTables.Add(table);
                break;
            default:
                throw Unknown(resource);
        }
    }

    private static ArgumentException Unknown(IMessage? resource) => new($"no resource of a snapshot is a {resource?.GetType().Name}", nameof(resource));
}
