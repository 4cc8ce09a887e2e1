using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers calls of methods and services that are not there.</summary>
internal static class UnimplementedEndpoint
{
    /// <summary>Makes a handler that answers UNIMPLEMENTED with this text.</summary>
    public static RequestDelegate Create(string detail, ILogger logger) => http =>
    {
        if (RequestGuard.Accept(http, logger))
        {
            http.Response.ContentType = GrpcHeaders.ContentType;
            http.Response.Headers[GrpcHeaders.Status] = "12";
            http.Response.Headers[GrpcHeaders.Message] = StatusMessage.Encode(detail);
            GrpcServerLog.CallFailed(logger, http.Request.Path, StatusCode.Unimplemented, detail);
        }

        return Task.CompletedTask;
    };
}
