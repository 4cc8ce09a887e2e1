using Microsoft.AspNetCore.Http;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Marks a connection with the listener that took it.</summary>
/// <param name="Kind">What the listener is for.</param>
internal sealed record ListenerFeature(ListenerKind Kind)
{
    /// <summary>The listener that took a request; a server that is not Kestrel has one for gRPC.</summary>
    public static ListenerKind Of(HttpContext http) => http.Features.Get<ListenerFeature>()?.Kind ?? ListenerKind.Grpc;
}
