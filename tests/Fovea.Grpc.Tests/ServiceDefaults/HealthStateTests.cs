using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Health;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Fovea.GrpcTests.ServiceDefaults;

public sealed class HealthStateTests
{
    [Fact]
    public void Set_Service_IsFoundAndDrainIsFinal()
    {
        var state = new HealthState();
        state.Set("a", HealthStatus.Serving);
        Assert.Equal(HealthStatus.Serving, state.Find("a"));
        Assert.Null(state.Find("b"));

        state.Drain();
        state.Set("a", HealthStatus.Serving);
        state.Set("b", HealthStatus.Serving);

        Assert.All(state.Snapshot().Values, status => Assert.Equal(HealthStatus.NotServing, status));
        Assert.Equal(["", "a", "b"], state.Snapshot().Keys.Order());
    }

    [Fact]
    public async Task CheckAndList_OfKnownAndUnknown_AnswerByTheProtocol()
    {
        await using var server = await DefaultsServer.StartAsync();
        server.App.Services.GetRequiredService<HealthState>().Set("model", HealthStatus.NotServing);
        using var channel = server.Channel();
        var client = new Grpc.Health.V1.Health.HealthClient(channel);

        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal(ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest { Service = "model" })).Status);
        var failed = await Assert.ThrowsAsync<RpcException>(() => client.CheckAsync(new HealthCheckRequest { Service = "no" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, failed.StatusCode);
        Assert.Equal(["", "model"], (await client.ListAsync(new HealthListRequest())).Statuses.Keys.Order());
    }

    [Fact]
    public async Task Watch_ThroughChangesAndDrain_TellsEachOnceAndEnds()
    {
        await using var server = await DefaultsServer.StartAsync();
        var state = server.App.Services.GetRequiredService<HealthState>();
        using var channel = server.Channel();
        using var call = new Grpc.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest { Service = "model" });

        await ExpectAsync(call, ServingStatus.ServiceUnknown);
        state.Set("other", HealthStatus.Serving);
        state.Set("model", HealthStatus.Serving);
        await ExpectAsync(call, ServingStatus.Serving);
        state.Drain();
        await ExpectAsync(call, ServingStatus.NotServing);
        Assert.False(await call.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task ServingWhenStarted_Off_LeavesItToTheApplication()
    {
        await using var server = await DefaultsServer.StartAsync(options => options.ServingWhenStarted = false);

        Assert.Equal(HealthStatus.NotServing, server.App.Services.GetRequiredService<HealthState>().Find(""));
    }

    private static async Task ExpectAsync(AsyncServerStreamingCall<HealthCheckResponse> call, ServingStatus expected)
    {
        Assert.True(await call.ResponseStream.MoveNext(default));
        Assert.Equal(expected, call.ResponseStream.Current.Status);
    }
}
