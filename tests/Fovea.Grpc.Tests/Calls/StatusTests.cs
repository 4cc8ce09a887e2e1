using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class StatusTests : ProbeFixture
{
    public static TheoryData<StatusCode> ErrorCodes => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(ErrorCodes))]
    public async Task RpcException_EveryCode_ReachesClientWithDetailAndTrailers(StatusCode code)
    {
        var exception = await FailsAsync(
            code, () => Client.UnaryAsync(new Ask { Status = (int)code, StatusDetail = $"detail of {code}" }).ResponseAsync);

        Assert.Equal($"detail of {code}", exception.Status.Detail);
        Assert.Equal("asked", exception.Trailers.GetValue("why"));
        Assert.Equal([8, 3, 18, 1, 120], exception.Trailers.GetValueBytes("grpc-status-details-bin"));
    }

    [Theory]
    [InlineData("percent % sign %41 and %")]
    [InlineData("\t\r\n\0 control")]
    [InlineData("Grüße, 世界 🎉")]
    [InlineData(" leading and trailing ")]
    public async Task Detail_AnyText_ArrivesUnchanged(string detail)
    {
        var exception = await FailsAsync(
            StatusCode.Aborted, () => Client.UnaryAsync(new Ask { Status = (int)StatusCode.Aborted, StatusDetail = detail }).ResponseAsync);

        Assert.Equal(detail.Trim(' '), exception.Status.Detail.Trim(' '));
    }

    [Fact]
    public async Task HandlerException_Unary_IsUnknownWithoutDetails()
    {
        var exception = await FailsAsync(StatusCode.Unknown, () => Client.UnaryAsync(new Ask { Act = "throw" }).ResponseAsync);

        Assert.DoesNotContain("secret", exception.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidTimeZone", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandlerException_AfterMessages_MessagesThenUnknown()
    {
        using var call = Client.ServerStream(new Ask { Count = 2, Act = "throw" });

        Assert.True(await call.ResponseStream.MoveNext(default));
        Assert.True(await call.ResponseStream.MoveNext(default));
        await FailsAsync(StatusCode.Unknown, () => call.ResponseStream.MoveNext(default));
        await FailsAsync(StatusCode.Unknown, () => call.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task HandlerException_DetailedErrors_AreTold()
    {
        await using var server = await ProbeServer.StartAsync(
            new ProbeServerSetup { ServiceOptions = options => options.EnableDetailedErrors = true });
        using var channel = server.Channel();

        var exception = await FailsAsync(
            StatusCode.Unknown, () => new Probe.ProbeClient(channel).UnaryAsync(new Ask { Act = "throw" }).ResponseAsync);

        Assert.Contains("a secret of the handler", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContextStatus_SetByHandler_IsSentWithTrailers()
    {
        var ask = new Ask { Act = "set-status", Status = (int)StatusCode.DataLoss, StatusDetail = "by hand" };

        var exception = await FailsAsync(StatusCode.DataLoss, () => Client.UnaryAsync(ask).ResponseAsync);

        Assert.Equal("by hand", exception.Status.Detail);
        Assert.Equal("handler", exception.Trailers.GetValue("set-by"));
    }

    [Fact]
    public async Task UnknownMethod_KnownService_IsUnimplemented() =>
        await FailsAsync(StatusCode.Unimplemented, () => CallAsync("fovea.probe.Probe", "Nothing"));

    [Fact]
    public async Task UnknownService_AnyMethod_IsUnimplemented() =>
        await FailsAsync(StatusCode.Unimplemented, () => CallAsync("fovea.probe.Nobody", "Unary"));

    [Fact]
    public async Task MethodInOtherCase_IsUnimplemented() =>
        await FailsAsync(StatusCode.Unimplemented, () => CallAsync("fovea.probe.Probe", "unary"));

    [Fact]
    public async Task MethodNotOverridden_IsUnimplemented()
    {
        await using var server = await ProbeServer.StartAsync(
            new ProbeServerSetup { Map = app => Microsoft.AspNetCore.Builder.GrpcEndpointRouteBuilderExtensions.MapGrpcService<EmptyService>(app) });
        using var channel = server.Channel();
        var client = new Grpc.Health.V1.Health.HealthClient(channel);

        await FailsAsync(StatusCode.Unimplemented, () => client.CheckAsync(new Grpc.Health.V1.HealthCheckRequest()).ResponseAsync);
    }

    private async Task CallAsync(string service, string name)
    {
        var marshaller = Marshallers.Create(text => System.Text.Encoding.UTF8.GetBytes(text), System.Text.Encoding.UTF8.GetString);
        var method = new Method<string, string>(MethodType.Unary, service, name, marshaller, marshaller);
        await Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "");
    }

    private sealed class EmptyService : Grpc.Health.V1.Health.HealthBase;
}
