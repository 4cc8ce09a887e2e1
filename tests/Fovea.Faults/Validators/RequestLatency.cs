using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Measures how long clients waited for answers, repeated attempts included.</summary>
internal static class RequestLatency
{
    /// <summary>Returns the time from the first attempt of each answered request to its end, shortest first.</summary>
    public static IReadOnlyList<TimeSpan> Of(History history)
    {
        var begins = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var sent in history.Of<HistoryEvent.Sent>())
        {
            begins.TryAdd(sent.Request, sent.At);
        }

        return [.. history.Of<HistoryEvent.Ended>()
            .Where(ended => ended.IsAnswered && begins.ContainsKey(ended.Request))
            .Select(ended => ended.At - begins[ended.Request])
            .Order()];
    }
}
