using System.Net;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Reads the addresses of Redis.</summary>
internal static class RedisEndpoints
{
    private const int PlainPort = 6379;

    /// <summary>Returns the addresses of <c>HOST[:PORT][,HOST[:PORT]...]</c>; null when the text is not of that form.</summary>
    public static IReadOnlyList<DnsEndPoint>? TryParse(string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        var endpoints = words.Select(TryParseOne).OfType<DnsEndPoint>().ToList();
        return endpoints.Count == words.Length ? endpoints : null;
    }

    private static DnsEndPoint? TryParseOne(string text)
    {
        // An IPv6 address stands in brackets when a port follows.
        var isBracketed = text.StartsWith('[');
        var colon = isBracketed ? text.IndexOf(':', text.IndexOf(']', StringComparison.Ordinal) + 1) : text.IndexOf(':', StringComparison.Ordinal);
        var host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        var port = (ushort)PlainPort;
        return host.Length > 0 && Uri.CheckHostName(host) != UriHostNameType.Unknown && (colon < 0 || ushort.TryParse(text.AsSpan(colon + 1), out port)) && port > 0
            ? new DnsEndPoint(host, port)
            : null;
    }
}
