namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Follows a search.</summary>
internal interface ISearchObserver
{
    /// <summary>Is told of a candidate about to be scored; replayed candidates are not announced.</summary>
    void OnTrialStarting(TrialRequest request, SearchState state);

    /// <summary>Is told of each finished trial, in order; the search goes on when the task ends, so it is the place of the journal.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="state">How far the search is with it.</param>
    /// <param name="replayed">Whether it was answered from <see cref="RecordedTrials"/>, so it is in the journal already.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task OnTrialFinishedAsync(TrialRecord trial, SearchState state, bool replayed, CancellationToken cancellationToken);
}
