using System.Security.Cryptography;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Contracts.Snapshots;

/// <summary>Makes the digest by which both ends of the feed agree on what a snapshot holds.</summary>
/// <remarks>
/// The canonical bytes are the message's protobuf bytes, fields in the order of their numbers, with the resources of each kind sorted by
/// name in ordinal order. Epoch and revision are part of them.
/// </remarks>
public static class SnapshotDigest
{
    /// <summary>Returns the SHA-256 of the snapshot's canonical bytes, lower-case hexadecimal.</summary>
    public static string Of(Snapshot snapshot) => Convert.ToHexStringLower(SHA256.HashData(Canonical(snapshot).ToByteArray()));

    /// <summary>Returns the snapshot with its resources in canonical order; the resources themselves are shared.</summary>
    public static Snapshot Canonical(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var canonical = new Snapshot { Epoch = snapshot.Epoch, Revision = snapshot.Revision };
        canonical.Policies.AddRange(Sorted(snapshot.Policies));
        canonical.Schedules.AddRange(Sorted(snapshot.Schedules));
        canonical.BudgetTables.AddRange(Sorted(snapshot.BudgetTables));
        canonical.CostTables.AddRange(Sorted(snapshot.CostTables));
        return canonical;
    }

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> resources)
        where T : IMessage => resources.OrderBy(resource => SnapshotResources.KeyOf(resource).Name, StringComparer.Ordinal);
}
