namespace Fovea.Scheduler.Store.Redis;

/// <summary>Chooses what a new epoch begins with.</summary>
internal static class NewEpoch
{
    /// <summary>
    /// Returns the newer of two states, and the same content as the beginning of an epoch later than both; null when there is neither.
    /// </summary>
    public static (StoreState Newest, StoreState Begun)? Of(StoreState? copy, StoreState? found, DateTimeOffset now)
    {
        StoreState[] states = [.. new[] { copy, found }.OfType<StoreState>()];
        if (states.Length == 0)
        {
            return null;
        }

        // Of two states of one name the copy was served, the other may never have been.
        var newest = states.Aggregate((best, next) => IsNewer(next, best) ? next : best);
        var begun = newest.InEpoch(Epochs.After(now, states.Select(state => state.Epoch)));
        return (newest, begun with { Generation = states.Max(state => state.Generation) + 1, Revision = states.Max(state => state.Revision) + 1 });
    }

    private static bool IsNewer(StoreState state, StoreState other)
    {
        var epoch = string.CompareOrdinal(state.Epoch, other.Epoch);
        return epoch > 0 || (epoch == 0 && state.Generation > other.Generation);
    }
}
