namespace Fovea.Executor.Metrics;

/// <summary>How a request ended; every request has exactly one.</summary>
internal enum RequestOutcome
{
    /// <summary>The whole answer was delivered.</summary>
    Completed,

    /// <summary>The request was wrong or does not fit what is loaded.</summary>
    Invalid,

    /// <summary>There was no room, or the executor does not take requests now.</summary>
    Rejected,

    /// <summary>No plan was given for it.</summary>
    Unplanned,

    /// <summary>The client ended it or went away.</summary>
    Cancelled,

    /// <summary>Its deadline passed.</summary>
    DeadlineExceeded,

    /// <summary>A fault of the executor ended it.</summary>
    Failed,
}
