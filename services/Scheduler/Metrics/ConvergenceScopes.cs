namespace Fovea.Scheduler.Metrics;

/// <summary>Names whose convergence is measured: the values of the label <c>of</c>.</summary>
internal static class ConvergenceScopes
{
    /// <summary>From a change to one executor's acknowledgement, for each executor.</summary>
    public const string Each = "each";

    /// <summary>From a change to the last of all connected executors' acknowledgement.</summary>
    public const string Last = "last";
}
