namespace Fovea.Scheduler.Store.Redis;

/// <summary>Says how what Redis holds relates to a state that is held.</summary>
internal enum ReadOutcome
{
    /// <summary>Redis holds nothing.</summary>
    Empty,

    /// <summary>Both are the same.</summary>
    Same,

    /// <summary>Redis holds a newer state that follows from the one held, or one of a newer epoch.</summary>
    Newer,

    /// <summary>Redis holds a state that does not follow from the one held.</summary>
    Behind,
}
