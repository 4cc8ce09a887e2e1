using System.Net;
using System.Net.Sockets;

namespace Fovea.Faults.Processes;

/// <summary>Finds free ports.</summary>
internal static class Ports
{
    /// <summary>Returns a port of the loopback address that nobody listens on now.</summary>
    public static int Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Returns the address of a port of the loopback address.</summary>
    public static string Url(int port) => FormattableString.Invariant($"http://127.0.0.1:{port}");
}
