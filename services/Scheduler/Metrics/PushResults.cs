namespace Fovea.Scheduler.Metrics;

/// <summary>Names what became of a pushed snapshot: each push counts once as sent and once as one of the others.</summary>
internal static class PushResults
{
    /// <summary>Was written to the stream.</summary>
    public const string Sent = "sent";

    /// <summary>Is in use.</summary>
    public const string Acked = "acked";

    /// <summary>Was refused by the executor.</summary>
    public const string Nacked = "nacked";

    /// <summary>Was not answered before the stream ended.</summary>
    public const string Lost = "lost";
}
