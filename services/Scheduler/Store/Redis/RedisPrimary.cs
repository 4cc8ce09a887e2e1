using System.Net;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Chooses the server that is connected: the one that takes changes.</summary>
internal static class RedisPrimary
{
    /// <summary>Returns the index of the only server without a fault.</summary>
    /// <param name="servers">The servers that were named.</param>
    /// <param name="faults">Why each cannot be used; null of one that can.</param>
    /// <exception cref="StoreUnavailableException">There is none, or no telling which: it says why.</exception>
    public static int Choose(IReadOnlyList<DnsEndPoint> servers, IReadOnlyList<string?> faults)
    {
        var primaries = Enumerable.Range(0, servers.Count).Where(index => faults[index] is null).ToList();
        return primaries.Count switch
        {
            1 => primaries[0],
            0 => throw new StoreUnavailableException(
                $"Redis cannot be used: {string.Join("; ", servers.Select((server, index) => $"{server.Host}:{server.Port} {faults[index]}"))}"),
            _ => throw new StoreUnavailableException(
                $"Redis cannot be used: {string.Join(" and ", primaries.Select(index => $"{servers[index].Host}:{servers[index].Port}"))} are primaries, "
                + "and nothing says which holds the state; make the others its replicas, or name one only"),
        };
    }
}
