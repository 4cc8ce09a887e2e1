using System.Collections.Immutable;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Store;

/// <summary>Holds the newest versions of every policy; never changed after it was made, and so are the messages in it.</summary>
/// <param name="Epoch">Epoch of the store; versions of epochs before are kept, but are no events.</param>
/// <param name="CompleteAfter">Revision after which no version of this epoch is missing.</param>
/// <param name="Versions">Versions by policy, oldest first.</param>
internal sealed record PolicyHistory(string Epoch, long CompleteAfter, ImmutableSortedDictionary<string, ImmutableList<PolicyVersion>> Versions)
{
    /// <summary>Gets the number of versions held.</summary>
    public int Count => Versions.Values.Sum(list => list.Count);

    /// <summary>Returns a history that begins after a state.</summary>
    public static PolicyHistory After(StoreState state) =>
        new(state.Epoch, state.Revision, ImmutableSortedDictionary.Create<string, ImmutableList<PolicyVersion>>(StringComparer.Ordinal));

    /// <summary>Returns the history with one more version; beyond <paramref name="limit"/> versions of a policy its oldest is dropped.</summary>
    public PolicyHistory With(PolicyVersion version, int limit)
    {
        var list = (Versions.GetValueOrDefault(version.Name) ?? []).Add(version);
        var completeAfter = CompleteAfter;
        while (list.Count > limit)
        {
            completeAfter = Math.Max(completeAfter, list[0].Epoch == Epoch ? list[0].Revision : 0);
            list = list.RemoveAt(0);
        }

        return this with { CompleteAfter = completeAfter, Versions = Versions.SetItem(version.Name, list) };
    }

    /// <summary>Returns at most <paramref name="limit"/> versions of a policy, newest first; none for a name that was never stored.</summary>
    public IReadOnlyList<PolicyVersion> Of(string policy, int limit) =>
        [.. (Versions.GetValueOrDefault(policy) ?? []).Reverse().Take(limit)];

    /// <summary>Returns every change of this epoch after a revision, oldest first; null when some of them are dropped.</summary>
    public IReadOnlyList<PolicyVersion>? EventsAfter(long revision) => revision < CompleteAfter
        ? null
        : [.. Versions.Values.SelectMany(list => list).Where(version => version.Epoch == Epoch && version.Revision > revision).OrderBy(version => version.Revision)];
}
