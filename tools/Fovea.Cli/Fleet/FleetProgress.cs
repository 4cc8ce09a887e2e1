using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Fleet;

/// <summary>Says how far executors have come towards a revision.</summary>
/// <param name="Epoch">Epoch of the scheduler that was asked.</param>
/// <param name="Revision">Revision that all are to apply.</param>
/// <param name="Applied">Ids of executors that serve by it or by a newer one.</param>
/// <param name="Behind">Connected executors that do not yet, each with what it serves by.</param>
/// <param name="Refused">Connected executors that have refused it, each with the reason.</param>
/// <param name="Silent">Ids of executors that are not connected; nobody waits for them.</param>
internal sealed record FleetProgress(
    string Epoch,
    long Revision,
    ImmutableArray<string> Applied,
    ImmutableArray<string> Behind,
    ImmutableArray<string> Refused,
    ImmutableArray<string> Silent)
{
    /// <summary>Gets whether every connected executor serves by the revision or by a newer one.</summary>
    public bool IsDone => Behind.IsEmpty && Refused.IsEmpty;

    /// <summary>Reads an answer of the scheduler.</summary>
    /// <param name="fleet">The answer.</param>
    /// <param name="revision">Revision that all are to apply.</param>
    public static FleetProgress Of(ListExecutorsResponse fleet, long revision)
    {
        var groups = fleet.Executors.ToLookup(executor => StateOf(executor, fleet.Epoch, revision));
        return new FleetProgress(
            fleet.Epoch,
            revision,
            [.. groups[State.Applied].Select(executor => executor.ExecutorId)],
            [.. groups[State.Behind].Select(executor => $"{executor.ExecutorId} (at {executor.AppliedRevision})")],
            [.. groups[State.Refused].Select(executor => $"{executor.ExecutorId}: {executor.LastNack}")],
            [.. groups[State.Silent].Select(executor => executor.ExecutorId)]);
    }

    /// <summary>Says in one line who is not there yet.</summary>
    public string Missing() => string.Join("; ", Refused.Select(refused => $"refused by {refused}").Concat(Behind.Select(behind => $"behind: {behind}")));

    private static State StateOf(ExecutorStatus executor, string epoch, long revision) => executor switch
    {
        { Connected: false } => State.Silent,
        _ when executor.AppliedEpoch == epoch && executor.AppliedRevision >= revision => State.Applied,
        { Sync: SyncState.Ahead } => State.Applied,
        _ when executor.RefusedRevision >= revision => State.Refused,
        _ => State.Behind,
    };

    private enum State
    {
        Applied,
        Behind,
        Refused,
        Silent,
    }
}
