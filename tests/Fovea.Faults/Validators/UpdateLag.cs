using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Measures how long after its acknowledgement a change reaches the observers of the feed; no guarantee, a number.</summary>
internal static class UpdateLag
{
    /// <summary>Returns the time from each acknowledgement until the last observer held it, shortest first; what never came is left out.</summary>
    public static IReadOnlyList<TimeSpan> Of(History history)
    {
        var names = history.Of<HistoryEvent.FeedOpened>().ToDictionary(opened => opened.Stream, opened => opened.Observer, StringComparer.Ordinal);
        var observers = history.Of<HistoryEvent.FeedUpdate>().GroupBy(update => names[update.Stream]).Select(Newest).ToList();
        var lags = new List<TimeSpan>();
        foreach (var committed in history.Of<HistoryEvent.Committed>())
        {
            var at = new Position(committed.Stored.Epoch, committed.Stored.Revision);
            var arrivals = observers.ConvertAll(observer => ArrivalOf(at, observer));
            if (arrivals.Count > 0 && arrivals.TrueForAll(arrival => arrival is not null))
            {
                var last = arrivals.Max()!.Value;
                lags.Add(last > committed.At ? last - committed.At : TimeSpan.Zero);
            }
        }

        lags.Sort();
        return lags;
    }

    /// <summary>Returns the updates of an observer that were newer than all before.</summary>
    private static List<(Position At, TimeSpan Arrived)> Newest(IEnumerable<HistoryEvent.FeedUpdate> updates)
    {
        var newest = new List<(Position At, TimeSpan Arrived)>();
        foreach (var update in updates)
        {
            var at = FeedStreamView.At(update);
            if (newest.Count == 0 || at > newest[^1].At)
            {
                newest.Add((at, update.At));
            }
        }

        return newest;
    }

    private static TimeSpan? ArrivalOf(Position wanted, List<(Position At, TimeSpan Arrived)> newest)
    {
        var index = newest.BinarySearch((wanted, default), Comparer<(Position At, TimeSpan Arrived)>.Create((left, right) => left.At.CompareTo(right.At)));
        var first = index >= 0 ? index : ~index;
        return first < newest.Count ? newest[first].Arrived : null;
    }
}
