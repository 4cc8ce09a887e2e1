namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Scores candidate schedules on the questions of a search, in order 0 .. <see cref="Samples"/> - 1.</summary>
internal interface ITrialEvaluator
{
    /// <summary>Gets the number of questions.</summary>
    int Samples { get; }

    /// <summary>Scores one candidate.</summary>
    /// <param name="request">The candidate.</param>
    /// <param name="isDecided">
    /// Is asked after every batch of scores, never by two threads at a time; once it returns true the rest is not scored. Null scores everything.
    /// </param>
    /// <param name="cancellationToken">Ends the trial; nothing of it is kept.</param>
    /// <returns>The scores; equal requests give equal scores of each sample that both scored.</returns>
    Task<TrialScores> EvaluateAsync(TrialRequest request, Func<TrialScores, bool>? isDecided, CancellationToken cancellationToken);
}
