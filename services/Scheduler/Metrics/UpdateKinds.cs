namespace Fovea.Scheduler.Metrics;

/// <summary>Names how a snapshot is sent: the values of the label <c>kind</c>.</summary>
internal static class UpdateKinds
{
    /// <summary>Whole.</summary>
    public const string Whole = "whole";

    /// <summary>As the difference from what the executor holds.</summary>
    public const string Delta = "delta";
}
