using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Google.Protobuf;

namespace Fovea.Contracts.Snapshots;

/// <summary>Says which resources of a snapshot its faults lie in.</summary>
public static class SnapshotFaults
{
    /// <summary>Returns every resource at fault with its faults, in the order of its first one.</summary>
    /// <param name="refused">The snapshot with the faults.</param>
    /// <param name="faults">Faults as <see cref="SnapshotMapping"/> names them: <c>policies[2].policy.rules[0].spec</c>.</param>
    /// <param name="inUse">The snapshot that stays in use; null when none does.</param>
    public static ImmutableArray<RefusedResource> ByResource(Snapshot refused, IEnumerable<PlanFault> faults, Snapshot? inUse)
    {
        ArgumentNullException.ThrowIfNull(refused);
        ArgumentNullException.ThrowIfNull(faults);
        var kept = inUse is null ? [] : SnapshotResources.ByKey(inUse);
        return [.. faults
            .Select(fault => (Fault: fault, Resource: Find(refused, fault.Field)))
            .Where(found => found.Resource is not null)
            .GroupBy(found => SnapshotResources.KeyOf(found.Resource!))
            .Select(group => Refuse(group.Key, group.First().Resource!, kept.GetValueOrDefault(group.Key), group.Select(found => found.Fault)))];
    }

    private static RefusedResource Refuse(ResourceKey key, IMessage resource, IMessage? kept, IEnumerable<PlanFault> faults)
    {
        var refused = new RefusedResource
        {
            Resource = key.ToProto(),
            Revision = SnapshotResources.RevisionOf(resource),
            InUseRevision = kept is null ? 0 : SnapshotResources.RevisionOf(kept),
        };
        refused.Faults.AddRange(faults.Select(FaultMapping.ToProto));
        return refused;
    }

    private static IMessage? Find(Snapshot snapshot, string field)
    {
        var open = field.IndexOf('[', StringComparison.Ordinal);
        var close = field.IndexOf(']', StringComparison.Ordinal);
        if (open < 0 || close < open || !int.TryParse(field.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        IEnumerable<IMessage> resources = field[..open] switch
        {
            "policies" => snapshot.Policies,
            "schedules" => snapshot.Schedules,
            "budgetTables" => snapshot.BudgetTables,
            "costTables" => snapshot.CostTables,
            _ => [],
        };
        return resources.ElementAtOrDefault(index);
    }
}
