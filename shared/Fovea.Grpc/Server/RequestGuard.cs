using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Turns away what is no gRPC call, and lifts the limits that would cut one short.</summary>
internal static class RequestGuard
{
    /// <summary>Checks the protocol and the content type; a refused request has its HTTP status set.</summary>
    public static bool Accept(HttpContext http, ILogger logger)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            GrpcServerLog.RequestRefused(logger, http.Request.Path, "gRPC needs HTTP/2.");
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "HTTP/2";
            return false;
        }

        if (!GrpcHeaders.IsGrpcContentType(http.Request.ContentType))
        {
            GrpcServerLog.RequestRefused(logger, http.Request.Path, "the content type is not application/grpc.");
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return false;
        }

        LiftLimits(http);
        return true;
    }

    // A stream may be quiet for hours and may carry any number of messages; each message has its own limit.
    private static void LiftLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
