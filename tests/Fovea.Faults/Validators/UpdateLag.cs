using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Measures how long after its acknowledgement a change reaches the observers of the feed; no guarantee, a number.</summary>
internal static class UpdateLag
{
    /// <summary>Returns the time from each acknowledgement until the last observer held it, shortest first; what never came is left out.</summary>
    public static IReadOnlyList<TimeSpan> Of(History history)
    {
        var names = history.Of<HistoryEvent.FeedOpened>().ToDictionary(opened => opened.Stream, opened => opened.Observer, StringComparer.Ordinal);
        var updates = history.Of<HistoryEvent.FeedUpdate>().GroupBy(update => names[update.Stream]).Select(observer => observer.ToList()).ToList();
        var lags = new List<TimeSpan>();
        foreach (var committed in history.Of<HistoryEvent.Committed>())
        {
            var at = new Position(committed.Stored.Epoch, committed.Stored.Revision);
            var arrivals = updates.ConvertAll(observer => observer.Find(update => FeedStreamView.At(update) >= at));
            if (arrivals.Count > 0 && arrivals.TrueForAll(arrival => arrival is not null))
            {
                var last = arrivals.Max(arrival => arrival!.At);
                lags.Add(last > committed.At ? last - committed.At : TimeSpan.Zero);
            }
        }

        lags.Sort();
        return lags;
    }
}
