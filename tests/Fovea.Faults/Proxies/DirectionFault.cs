namespace Fovea.Faults.Proxies;

/// <summary>Says what happens to the bytes of one direction of a connection.</summary>
/// <remarks>
/// TCP loses nothing that arrives after all, so a hole holds bytes back and lets them go on when it heals, as retransmission
/// does; lost segments cost time and keep what follows waiting.
/// </remarks>
internal sealed record DirectionFault
{
    /// <summary>Lets everything pass at once.</summary>
    public static readonly DirectionFault None = new();

    /// <summary>Lets nothing pass, not even the end of the connection.</summary>
    public static readonly DirectionFault Hole = new() { IsHole = true };

    /// <summary>Gets whether nothing passes.</summary>
    public bool IsHole { get; init; }

    /// <summary>Gets the time that each byte is under way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets by how much the delay varies, up and down; bytes never overtake each other.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Gets the bytes that pass in a second; 0 for no limit.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>Gets the share of segments that are lost and sent again, 0..1.</summary>
    public double LossShare { get; init; }

    /// <summary>Gets the time after which a lost segment is sent again; it doubles when it is lost once more.</summary>
    public TimeSpan Retransmission { get; init; } = TimeSpan.FromMilliseconds(200);
}
