namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says what is known of a candidate.</summary>
internal enum TrialVerdict
{
    /// <summary>The samples not scored yet decide.</summary>
    Undecided,

    /// <summary>It keeps the metric, whatever the samples not scored give.</summary>
    Pass,

    /// <summary>It loses too much, whatever the samples not scored give.</summary>
    Fail,
}
