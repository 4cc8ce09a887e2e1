namespace Fovea.Scheduler.Metrics;

/// <summary>Names how a descriptor was answered.</summary>
internal static class DecisionResults
{
    /// <summary>With a plan.</summary>
    public const string Planned = "planned";

    /// <summary>With INVALID_ARGUMENT.</summary>
    public const string Invalid = "invalid_argument";

    /// <summary>With NOT_FOUND.</summary>
    public const string NotFound = "not_found";

    /// <summary>With FAILED_PRECONDITION.</summary>
    public const string FailedPrecondition = "failed_precondition";

    /// <summary>With DEADLINE_EXCEEDED.</summary>
    public const string Expired = "deadline_exceeded";

    /// <summary>With another status code.</summary>
    public const string Failed = "failed";
}
