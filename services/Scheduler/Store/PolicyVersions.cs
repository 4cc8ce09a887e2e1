using Fovea.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace Fovea.Scheduler.Store;

/// <summary>Makes the entries of policies' history.</summary>
internal static class PolicyVersions
{
    /// <summary>Returns the entry that a commit adds; null when it changed no policy.</summary>
    /// <param name="next">The state after the commit.</param>
    /// <param name="change">What was committed.</param>
    /// <param name="now">When, for a change without a note.</param>
    public static PolicyVersion? Of(StoreState next, StoreChange change, DateTimeOffset now) => change switch
    {
        StoreChange.PutPolicy put => Make(next, put.Policy.Name, put.Note, PolicyAction.Applied, now),
        StoreChange.DeletePolicy delete => Make(next, delete.Name, delete.Note, PolicyAction.Deleted, now),
        _ => null,
    };

    private static PolicyVersion Make(StoreState next, string name, ChangeNote? note, PolicyAction action, DateTimeOffset now) => new()
    {
        Policy = next.Policies.GetValueOrDefault(name)?.Clone(),
        Name = name,
        Epoch = next.Epoch,
        Revision = next.Revision,
        Action = note?.Action ?? action,
        Time = (note?.Time ?? now).ToTimestamp(),
        Actor = note?.Actor ?? ChangeNote.Anonymous,
        Reason = note?.Reason ?? string.Empty,
    };
}
