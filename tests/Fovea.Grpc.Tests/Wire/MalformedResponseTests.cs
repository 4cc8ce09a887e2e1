using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Fovea.GrpcTests.Wire;

public sealed class MalformedResponseTests
{
    private static readonly byte[] Good = RawCall.Message();

    public static TheoryData<byte[], string?, string, string, StatusCode> Answers => new()
    {
        { Good, "0", "x", "y", StatusCode.OK },
        { [], "0", "x", "y", StatusCode.Unimplemented },
        { [.. Good, .. Good], "0", "x", "y", StatusCode.Unimplemented },
        { Good, null, "x", "y", StatusCode.Unknown },
        { Good, "abc", "x", "y", StatusCode.Unknown },
        { Good, "99", "x", "y", StatusCode.Unknown },
        { Good, "5", "x", "y", StatusCode.NotFound },
        { [0, 0, 0], "0", "x", "y", StatusCode.Internal },
        { RawCall.Frame(0, 9, 1), "0", "x", "y", StatusCode.Internal },
        { RawCall.Frame(3, 0), "0", "x", "y", StatusCode.Internal },
        { RawCall.Frame(1, 0), "0", "x", "y", StatusCode.Internal },
        { RawCall.Frame(1, 3, 1, 2, 3), "0", "grpc-encoding", "gzip", StatusCode.Internal },
        { Good, "0", "grpc-encoding", "lzma", StatusCode.Internal },
        { RawCall.Message(0xff), "0", "x", "y", StatusCode.Internal },
        { RawCall.Frame(0, uint.MaxValue), "0", "x", "y", StatusCode.ResourceExhausted },
        { RawCall.Frame(0, (4 << 20) + 1), "0", "x", "y", StatusCode.ResourceExhausted },
        { Good, "0", "odd-bin", "!!!", StatusCode.Internal },
        { Good, "0", "content-type", "text/html", StatusCode.Unknown },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_OfAnyForm_HasTheProtocolsStatus(byte[] body, string? status, string header, string value, StatusCode expected)
    {
        await using var server = await RawServer.StartAsync(RawServer.Answer(body, status, (header, value)));
        using var call = server.Client.UnaryAsync(new Ask());

        Assert.Equal(expected, await EndAsync(call));
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(431, StatusCode.Internal)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(302, StatusCode.Unknown)]
    public async Task HttpStatus_WithoutGrpcStatus_IsMapped(int httpStatus, StatusCode expected)
    {
        await using var server = await RawServer.StartAsync(http =>
        {
            http.Response.StatusCode = httpStatus;
            return Task.CompletedTask;
        });
        using var call = server.Client.UnaryAsync(new Ask());

        Assert.Equal(expected, await EndAsync(call));
    }

    [Fact]
    public async Task HttpStatus_WithGrpcStatus_GivesWay()
    {
        await using var server = await RawServer.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers["grpc-status"] = "7";
            http.Response.Headers["grpc-message"] = "%zz%4";
            return Task.CompletedTask;
        });
        using var call = server.Client.UnaryAsync(new Ask());

        Assert.Equal(StatusCode.PermissionDenied, await EndAsync(call));
        Assert.Equal("%zz%4", call.GetStatus().Detail);
    }

    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    [InlineData(0xc, StatusCode.PermissionDenied)]
    public async Task StreamReset_AfterHeaders_IsMapped(int errorCode, StatusCode expected)
    {
        await using var server = await RawServer.StartAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.StartAsync();
            await http.Response.Body.FlushAsync();
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode);
        });
        using var call = server.Client.UnaryAsync(new Ask());

        Assert.Equal(expected, await EndAsync(call));
    }

    [Fact]
    public async Task StreamReset_BeforeHeaders_IsMapped()
    {
        await using var server = await RawServer.StartAsync(http =>
        {
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(0xb);
            return Task.CompletedTask;
        });
        using var call = server.Client.UnaryAsync(new Ask());

        Assert.Equal(StatusCode.ResourceExhausted, await EndAsync(call));
    }

    [Fact]
    public async Task ConnectionLost_InTheMiddleOfAStream_IsUnavailable()
    {
        await using var server = await RawServer.StartAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.StartAsync();
            await http.Response.Body.WriteAsync(Good);
            await http.Response.Body.FlushAsync();
            http.Features.GetRequiredFeature<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>().Abort();
        });
        using var call = server.Client.ServerStream(new Ask());

        var failed = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(default))
            {
            }
        });
        Assert.True(failed.StatusCode == StatusCode.Unavailable, failed.ToString());
    }

    private static async Task<StatusCode> EndAsync(AsyncUnaryCall<Answer> call)
    {
        try
        {
            await call;
        }
        catch (RpcException)
        {
        }

        return call.GetStatus().StatusCode;
    }
}
