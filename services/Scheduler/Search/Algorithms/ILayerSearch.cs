namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Chooses which count of one layer is tried next.</summary>
internal interface ILayerSearch
{
    /// <summary>Gets whether it needs the mean loss of failures over all samples, so that they may not be cut short.</summary>
    bool NeedsLossOfFailures { get; }

    /// <summary>Begins a layer whose bracket was just opened.</summary>
    void Begin(CountBracket bracket);

    /// <summary>Returns an open place of the bracket.</summary>
    int Next(CountBracket bracket);

    /// <summary>Is told of a trial, before the bracket is narrowed by it.</summary>
    /// <param name="place">The place tried.</param>
    /// <param name="passed">Whether it passed.</param>
    /// <param name="excess">How far its mean loss is above the tolerance; at most 0 when it is within.</param>
    void Tell(int place, bool passed, double excess);
}
