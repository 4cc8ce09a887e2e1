namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Halves the bracket.</summary>
internal sealed class BisectLayerSearch : ILayerSearch
{
    /// <inheritdoc/>
    public bool NeedsLossOfFailures => false;

    /// <inheritdoc/>
    public void Begin(CountBracket bracket)
    {
    }

    /// <inheritdoc/>
    public int Next(CountBracket bracket)
    {
        ArgumentNullException.ThrowIfNull(bracket);
        return bracket.Middle;
    }

    /// <inheritdoc/>
    public void Tell(int place, bool passed, double excess)
    {
    }
}
