namespace Fovea.Faults.Proxies;

/// <summary>Says what happens on all connections of a proxy.</summary>
/// <param name="ToServer">Bytes of clients.</param>
/// <param name="ToClient">Bytes of the server.</param>
internal sealed record ProxyFaults(DirectionFault ToServer, DirectionFault ToClient)
{
    /// <summary>Lets everything pass at once.</summary>
    public static readonly ProxyFaults None = new(DirectionFault.None, DirectionFault.None);

    /// <summary>Lets nothing pass in either direction.</summary>
    public static readonly ProxyFaults Partition = new(DirectionFault.Hole, DirectionFault.Hole);

    /// <summary>Does the same to both directions.</summary>
    public static ProxyFaults Both(DirectionFault fault) => new(fault, fault);
}
