using Fovea.Faults.Histories;

namespace Fovea.Faults.Tests.Validators;

/// <summary>Changes a history in one place.</summary>
internal static class Mutations
{
    /// <summary>Replaces the only event that fits, or the one with this number among them.</summary>
    public static List<HistoryEvent> Replace<T>(this List<HistoryEvent> events, Func<T, bool> which, Func<T, HistoryEvent> by)
        where T : HistoryEvent
    {
        var index = events.FindIndex(happened => happened is T one && which(one));
        Assert.True(index >= 0);
        events[index] = by((T)events[index]);
        return events;
    }

    /// <summary>Removes the first event that fits.</summary>
    public static List<HistoryEvent> Remove<T>(this List<HistoryEvent> events, Func<T, bool> which)
        where T : HistoryEvent
    {
        var index = events.FindIndex(happened => happened is T one && which(one));
        Assert.True(index >= 0);
        events.RemoveAt(index);
        return events;
    }

    /// <summary>Inserts an event behind the first that fits.</summary>
    public static List<HistoryEvent> InsertAfter<T>(this List<HistoryEvent> events, Func<T, bool> which, params HistoryEvent[] added)
        where T : HistoryEvent
    {
        var index = events.FindIndex(happened => happened is T one && which(one));
        Assert.True(index >= 0);
        events.InsertRange(index + 1, added);
        return events;
    }
}
