using System.Collections.Immutable;
using Fovea.Contracts.V1;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Is a search as its journal tells it; never changed after it was made, and so are the messages in it.</summary>
/// <param name="RequestId">Request that it was started by.</param>
/// <param name="Head">The search without its trials.</param>
/// <param name="Questions">Questions that it is scored on.</param>
/// <param name="Full">What the full model scored; null before it was measured.</param>
/// <param name="Trials">Finished trials with the loss of each question, in order.</param>
internal sealed record SearchRecord(
    string RequestId,
    SearchMessage Head,
    SearchQuestions Questions,
    SearchEntry.Measured? Full,
    ImmutableList<SearchEntry.Tried> Trials)
{
    /// <summary>Gets the search's id.</summary>
    public string Id => Head.Id;

    /// <summary>Gets the token of the newest lease; 0 before the first.</summary>
    public long Token => Head.FencingToken;

    /// <summary>Returns the record that a journal begins with.</summary>
    public static SearchRecord Begin(SearchEntry.Created entry) => new(entry.RequestId, entry.Search.Clone(), entry.Questions, null, []);

    /// <summary>Returns records ordered by their start, newest first.</summary>
    public static IReadOnlyList<SearchRecord> NewestFirst(IEnumerable<SearchRecord> records) =>
        [.. records.OrderByDescending(record => record.Head.Started).ThenByDescending(record => record.Id, StringComparer.Ordinal)];

    /// <summary>Returns the record after one more entry.</summary>
    public SearchRecord With(long token, SearchEntry entry)
    {
        var head = Head.Clone();
        head.FencingToken = token;
        switch (entry)
        {
            case SearchEntry.Leased:
                return this with { Head = head };
            case SearchEntry.Measured measured:
                return this with { Head = head, Full = measured };
            case SearchEntry.Tried tried:
                head.Progress = new SearchProgress { TrialsDone = Trials.Count + 1, Step = tried.Trial.Step };
                return this with { Head = head, Trials = Trials.Add(tried) };
            case SearchEntry.Turned turned:
                (head.Status, head.Error, head.Result) = (turned.Status, turned.Error, turned.Result?.Clone());
                head.Ended = turned.Status == SearchStatus.Running ? 0 : turned.Time;
                return this with { Head = head };
            default:
                throw new FormatException($"a journal holds {entry.GetType().Name} only as its first entry");
        }
    }

    /// <summary>Returns the search with every trial.</summary>
    public SearchMessage ToMessage()
    {
        var message = Head.Clone();
        message.Trials.AddRange(Trials.Select(tried => tried.Trial));
        return message;
    }
}
