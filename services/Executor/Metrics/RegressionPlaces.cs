namespace Fovea.Executor.Metrics;

/// <summary>Where something older than what is in use turned up: the values of the label <c>where</c>.</summary>
internal static class RegressionPlaces
{
    /// <summary>A snapshot of the feed.</summary>
    public const string Feed = "feed";

    /// <summary>A plan of the plan stream.</summary>
    public const string Plan = "plan";
}
