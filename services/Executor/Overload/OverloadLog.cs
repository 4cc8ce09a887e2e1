namespace Fovea.Executor.Overload;

/// <summary>Log messages of overload; event ids 500 to 599.</summary>
internal static partial class OverloadLog
{
    /// <summary>A policy's ladder stands on another tier.</summary>
    [LoggerMessage(500, LogLevel.Information, "Policy {Policy} goes from overload tier {Before} to {Tier}: {Waiting} requests wait, {KvShare:P0} of the KV cache is reserved")]
    public static partial void TierChanged(ILogger logger, string policy, int before, int tier, int waiting, double kvShare);
}
