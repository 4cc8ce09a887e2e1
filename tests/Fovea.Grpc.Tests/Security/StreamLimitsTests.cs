using System.Net;
using System.Net.Http.Headers;
using Fovea.Contracts.V1;
using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Streams;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyMessage = Fovea.Contracts.V1.Policy;

namespace Fovea.GrpcTests.Security;

public sealed class StreamLimitsTests
{
    [Fact]
    public async Task Messages_BeyondTheMost_EndTheStream()
    {
        await using var server = await StartAsync(("Streams:MaxMessages", "3"));
        using var channel = server.Channel();
        using var call = new Probe.ProbeClient(channel).Duplex();
        for (var message = 0; message < 3; message++)
        {
            await call.RequestStream.WriteAsync(new Ask());
            Assert.True(await call.ResponseStream.MoveNext(default).Soon());
        }

        await call.RequestStream.WriteAsync(new Ask());
        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default).Soon());

        Assert.Equal(StatusCode.ResourceExhausted, end.StatusCode);
        Assert.Contains("Streams:MaxMessages", end.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_TooFast_EndTheStreamWithPushBack()
    {
        await using var server = await StartAsync(("Streams:MessagesPerSecond", "0.01"), ("Streams:MessageBurst", "2"));
        using var channel = server.Channel();
        using var call = new Probe.ProbeClient(channel).Duplex();
        for (var message = 0; message < 2; message++)
        {
            await call.RequestStream.WriteAsync(new Ask());
            Assert.True(await call.ResponseStream.MoveNext(default).Soon());
        }

        await call.RequestStream.WriteAsync(new Ask());
        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default).Soon());

        Assert.Equal(StatusCode.ResourceExhausted, end.StatusCode);
        Assert.NotNull(end.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    [Fact]
    public async Task Stream_WithoutAFirstMessage_EndsInTime()
    {
        await using var server = await StartAsync(("Streams:RequestTimeout", "00:00:00.200"));
        using var channel = server.Channel();
        using var call = new Probe.ProbeClient(channel).Duplex();

        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default).Soon());

        Assert.Equal(StatusCode.DeadlineExceeded, end.StatusCode);
        Assert.Contains("Streams:RequestTimeout", end.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_RequestThatNeverEnds_IsCut()
    {
        await using var server = await StartAsync(("Streams:RequestTimeout", "00:00:00.200"));
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var content = new OpenContent(0, 0, 0, 0, 9, 1);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Addresses.Grpc}/fovea.probe.Probe/Unary")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };

        await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(request, default).Soon());
        Assert.Equal("alive", (await new Probe.ProbeClient(server.Channel()).UnaryAsync(new Ask { Text = "alive" })).Text);
    }

    [Fact]
    public async Task Stream_TooOld_EndsUnavailable()
    {
        await using var server = await StartAsync(("Streams:MaxAge", "00:00:00.300"));
        using var channel = server.Channel();
        using var call = new Probe.ProbeClient(channel).ServerStream(new Ask { Act = "hang", Count = 1 });
        Assert.True(await call.ResponseStream.MoveNext(default).Soon());

        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default).Soon());

        Assert.Equal((StatusCode.Unavailable, "0"), (end.StatusCode, end.Trailers.GetValue("grpc-retry-pushback-ms")));
    }

    [Fact]
    public async Task Stream_CredentialsExpire_Ends()
    {
        await using var server = await SecureServer.StartAsync(new() { ["Security:ClockSkew"] = "00:00:00" });
        var token = SecureServer.Bearer(server.Tokens.Token("executor", valid: TimeSpan.FromSeconds(3)));
        using var call = new FeedService.FeedServiceClient(server.Channel()).Watch(token);
        await call.RequestStream.WriteAsync(new WatchRequest());
        Assert.True(await call.ResponseStream.MoveNext(default).Soon());

        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default).Soon());

        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        using var again = new FeedService.FeedServiceClient(server.Channel()).Watch(token);
        end = await Assert.ThrowsAsync<RpcException>(() => again.ResponseStream.MoveNext(default).Soon());
        Assert.Equal(StatusCode.Unauthenticated, end.StatusCode);
    }

    [Fact]
    public async Task Message_TooLarge_IsRefused()
    {
        await using var server = await SecureServer.StartAsync();
        var policies = new PolicyService.PolicyServiceClient(server.Channel(server.InRole("policy.write")));
        var request = new ApplyPolicyRequest { Policy = new PolicyMessage { Name = new string('a', 5 << 20) } };

        var end = await Assert.ThrowsAsync<RpcException>(() => policies.ApplyPolicyAsync(request).ResponseAsync.Soon());

        Assert.Equal(StatusCode.ResourceExhausted, end.StatusCode);
    }

    [Fact]
    public void Validate_BadLimits_AreAllNamed()
    {
        var options = new StreamOptions
        {
            LinkMaxAge = TimeSpan.FromDays(31),
            MaxAge = TimeSpan.FromSeconds(-1),
            RequestTimeout = TimeSpan.FromDays(2),
            MaxMessages = -1,
            MessagesPerSecond = -1,
            MessageBurst = -1,
        };

        Assert.Equal(6, new StreamOptionsValidator().Validate(null, options).Failures!.Count());
    }

    private static Task<DefaultsServer> StartAsync(params (string Key, string Value)[] settings) => DefaultsServer.StartAsync(
        build: builder => builder.Services.AddSingleton(new ProbeLog()),
        map: app => app.MapGrpcService<ProbeService>(),
        settings: settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal));
}
