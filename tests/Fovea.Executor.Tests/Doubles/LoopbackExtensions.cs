using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Listens on loopback for plaintext HTTP/2.</summary>
internal static class LoopbackExtensions
{
    public static void ListenLocalhostHttp2(this KestrelServerOptions kestrel, int port) =>
        kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
}
