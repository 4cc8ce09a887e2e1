using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fovea.Executor.Planning;

/// <summary>One entry of <c>Planning:Scheduler</c>: the address of a scheduler, or a name that stands for the addresses of several.</summary>
/// <param name="Scheme">http or https.</param>
/// <param name="Host">Host or IP address.</param>
/// <param name="Port">Port.</param>
/// <param name="IsResolved">Whether each address of the host is a scheduler of its own.</param>
internal sealed record SchedulerTarget(string Scheme, string Host, int Port, bool IsResolved)
{
    private const string Dns = "dns:///";
    private const string SecureDns = "dns+https:///";

    /// <summary>Reads an entry; null when it is none.</summary>
    public static SchedulerTarget? Parse(string text)
    {
        if (text.StartsWith(Dns, StringComparison.Ordinal))
        {
            return Resolved(Uri.UriSchemeHttp, text[Dns.Length..]);
        }

        if (text.StartsWith(SecureDns, StringComparison.Ordinal))
        {
            return Resolved(Uri.UriSchemeHttps, text[SecureDns.Length..]);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new SchedulerTarget(address.Scheme, address.Host, address.Port, IsResolved: false)
            : null;
    }

    /// <summary>Returns the scheduler at this host itself.</summary>
    public SchedulerEndpoint ToEndpoint() => new(AddressOf(Host), Host);

    /// <summary>Returns the scheduler at one of the host's addresses.</summary>
    public SchedulerEndpoint ToEndpoint(IPAddress address) =>
        new(AddressOf(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString()), Host);

    private static SchedulerTarget? Resolved(string scheme, string hostAndPort)
    {
        var colon = hostAndPort.LastIndexOf(':');
        return colon > 0
            && ushort.TryParse(hostAndPort.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            && Uri.CheckHostName(hostAndPort[..colon]) != UriHostNameType.Unknown
            ? new SchedulerTarget(scheme, hostAndPort[..colon], port, IsResolved: true)
            : null;
    }

    private Uri AddressOf(string host) => new(string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{host}:{Port}"));
}
