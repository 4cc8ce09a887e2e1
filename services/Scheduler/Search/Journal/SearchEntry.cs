using System.Collections.Immutable;
using Fovea.Contracts.V1;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Is one line of a search's journal.</summary>
internal abstract record SearchEntry
{
    /// <summary>Begins the journal.</summary>
    /// <param name="RequestId">Request that the search was started by.</param>
    /// <param name="Search">Id, specification with its defaults, status and start.</param>
    /// <param name="Questions">Questions that it is scored on.</param>
    internal sealed record Created(string RequestId, SearchMessage Search, SearchQuestions Questions) : SearchEntry;

    /// <summary>Says that a lease was taken: from here on entries carry its token.</summary>
    internal sealed record Leased : SearchEntry;

    /// <summary>Keeps what the full model scored, which candidates are compared with.</summary>
    /// <param name="Losses">Loss of each question.</param>
    /// <param name="LayerForwards">Decoder layers run over prompts for it.</param>
    /// <param name="Seconds">What it took.</param>
    internal sealed record Measured(ImmutableArray<double> Losses, long LayerForwards, double Seconds) : SearchEntry;

    /// <summary>Keeps a finished trial.</summary>
    /// <param name="Trial">The trial.</param>
    /// <param name="Losses">Loss of each question, NaN where not scored: what the order of later trials is made from.</param>
    internal sealed record Tried(SearchTrial Trial, ImmutableArray<double> Losses) : SearchEntry;

    /// <summary>Changes the status.</summary>
    /// <param name="Status">The new status.</param>
    /// <param name="Time">Unix time in seconds.</param>
    /// <param name="Error">Why it failed; empty otherwise.</param>
    /// <param name="Result">What it found, when it is done.</param>
    internal sealed record Turned(SearchStatus Status, double Time, string Error = "", SearchResult? Result = null) : SearchEntry;
}
