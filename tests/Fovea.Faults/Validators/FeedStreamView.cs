using System.Collections.Immutable;
using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>All events of one stream of the feed, in order.</summary>
/// <param name="Opened">Its beginning.</param>
/// <param name="Messages">Updates and bookmarks.</param>
internal sealed record FeedStreamView(HistoryEvent.FeedOpened Opened, ImmutableArray<HistoryEvent> Messages)
{
    /// <summary>Gets what was held when it was opened.</summary>
    public Position Held => new(Opened.HeldEpoch, Opened.HeldRevision);

    /// <summary>Gets the updates.</summary>
    public IEnumerable<HistoryEvent.FeedUpdate> Updates => Messages.OfType<HistoryEvent.FeedUpdate>();

    /// <summary>Returns all streams in the order in which they were opened.</summary>
    public static IReadOnlyList<FeedStreamView> AllOf(History history)
    {
        var messages = history.Events
            .Where(happened => happened is HistoryEvent.FeedUpdate or HistoryEvent.FeedBookmark)
            .ToLookup(happened => happened is HistoryEvent.FeedUpdate update ? update.Stream : ((HistoryEvent.FeedBookmark)happened).Stream);
        return [.. history.Of<HistoryEvent.FeedOpened>().Select(opened => new FeedStreamView(opened, [.. messages[opened.Stream]]))];
    }

    /// <summary>Returns where an update leads to.</summary>
    public static Position At(HistoryEvent.FeedUpdate update) => new(update.Snapshot.Epoch, update.Snapshot.Revision);

    /// <summary>Returns where a bookmark stands.</summary>
    public static Position At(HistoryEvent.FeedBookmark bookmark) => new(bookmark.Epoch, bookmark.Revision);
}
