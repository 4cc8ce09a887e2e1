namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says when a loss counts as larger than the tolerance.</summary>
internal enum ConfidenceRule
{
    /// <summary>The mean decides.</summary>
    None,

    /// <summary>A candidate passes unless its loss is above the tolerance with the given confidence.</summary>
    Lenient,

    /// <summary>A candidate passes only if its loss is below the tolerance with the given confidence.</summary>
    Strict,
}
