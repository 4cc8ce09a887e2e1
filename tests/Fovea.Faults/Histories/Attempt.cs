using System.Collections.Immutable;

namespace Fovea.Faults.Histories;

/// <summary>All events of one attempt of a request.</summary>
/// <param name="Sent">When it was sent.</param>
/// <param name="Admissions">Its admissions; one unless something is wrong.</param>
/// <param name="Tokens">Tokens that came.</param>
/// <param name="Answers">Its answers; at most one unless something is wrong.</param>
/// <param name="Failures">Its failures; at most one unless something is wrong.</param>
internal sealed record Attempt(
    HistoryEvent.Sent Sent,
    ImmutableArray<HistoryEvent.Admitted> Admissions,
    long Tokens,
    ImmutableArray<HistoryEvent.Completed> Answers,
    ImmutableArray<HistoryEvent.Failed> Failures)
{
    /// <summary>Gets the first admission, or null.</summary>
    public HistoryEvent.Admitted? Admission => Admissions.Length > 0 ? Admissions[0] : null;

    /// <summary>Gets the first answer, or null.</summary>
    public HistoryEvent.Completed? Answer => Answers.Length > 0 ? Answers[0] : null;

    /// <summary>Returns all attempts of a history in the order in which they were sent.</summary>
    public static IReadOnlyList<Attempt> AllOf(History history)
    {
        var admissions = history.Of<HistoryEvent.Admitted>().ToLookup(happened => happened.Attempt);
        var tokens = history.Of<HistoryEvent.Tokens>().ToLookup(happened => happened.Attempt);
        var answers = history.Of<HistoryEvent.Completed>().ToLookup(happened => happened.Attempt);
        var failures = history.Of<HistoryEvent.Failed>().ToLookup(happened => happened.Attempt);
        return [.. history.Of<HistoryEvent.Sent>().Select(sent => new Attempt(
            sent,
            [.. admissions[sent.Attempt]],
            tokens[sent.Attempt].Sum(happened => (long)happened.Count),
            [.. answers[sent.Attempt]],
            [.. failures[sent.Attempt]]))];
    }
}
