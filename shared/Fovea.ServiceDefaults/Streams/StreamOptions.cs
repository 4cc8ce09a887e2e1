namespace Fovea.ServiceDefaults.Streams;

/// <summary>Bounds what one call may take; bound from the configuration section <c>Streams</c>. A size of one message has its own option.</summary>
public sealed class StreamOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>How old a stream of the feed or of plans gets before it is ended; its client opens it again.</summary>
    /// <value>Default 1 h when security is on, else no limit, which 0 says; 0 to 30 days.</value>
    public TimeSpan? LinkMaxAge { get; set; }

    /// <summary>How old every other stream gets before it is ended.</summary>
    /// <value>Default 24 h when security is on, else no limit, which 0 says; 0 to 30 days.</value>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How long the request of a call with one request, or the first one of a stream, may take.</summary>
    /// <value>Default 2 min when security is on, else no limit, which 0 says; 0 to 1 day.</value>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>The most messages that a client may send on one stream.</summary>
    /// <value>Default 0: no limit.</value>
    public long MaxMessages { get; set; }

    /// <summary>The most messages per second, on average, that a client may send on one stream.</summary>
    /// <value>Default 0: no limit.</value>
    public double MessagesPerSecond { get; set; }

    /// <summary>How many messages may come at once before the rate counts.</summary>
    /// <value>Default 0: as many as come in one second, at least one.</value>
    public double MessageBurst { get; set; }
}
