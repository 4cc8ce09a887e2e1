using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.GrpcTests.Server;

public sealed class RequestGuardTests
{
    [Fact]
    public void Accept_GrpcRequest_LiftsBodySizeAndDataRateLimits()
    {
        var limits = new Limits();
        var http = Http("HTTP/2", "application/grpc");
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(limits);
        http.Features.Set<IHttpMinRequestBodyDataRateFeature>(limits);

        Assert.True(RequestGuard.Accept(http, NullLogger.Instance));

        Assert.Null(limits.MaxRequestBodySize);
        Assert.Null(limits.MinDataRate);
    }

    [Theory]
    [InlineData("HTTP/1.1", "application/grpc", 426)]
    [InlineData("HTTP/2", "application/json", 415)]
    [InlineData("HTTP/2", null, 415)]
    public void Accept_OtherRequest_IsRefused(string protocol, string? contentType, int expected)
    {
        var http = Http(protocol, contentType);

        Assert.False(RequestGuard.Accept(http, NullLogger.Instance));
        Assert.Equal(expected, http.Response.StatusCode);
    }

    private static DefaultHttpContext Http(string protocol, string? contentType)
    {
        var http = new DefaultHttpContext();
        http.Request.Protocol = protocol;
        http.Request.ContentType = contentType;
        return http;
    }

    private sealed class Limits : IHttpMaxRequestBodySizeFeature, IHttpMinRequestBodyDataRateFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; } = 30_000_000;

        public MinDataRate? MinDataRate { get; set; } = new(240, TimeSpan.FromSeconds(5));
    }
}
