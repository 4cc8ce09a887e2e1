using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Drain;
using Fovea.ServiceDefaults.Health;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.GrpcTests.ServiceDefaults;

public sealed class DrainServiceTests
{
    [Fact]
    public async Task Stop_WithRunningCall_FinishesItAndRefusesNewOnes()
    {
        var log = new ProbeLog();
        await using var server = await DefaultsServer.StartAsync(
            build: builder => builder.Services.AddSingleton(log), map: app => app.MapGrpcService<ProbeService>());
        using var channel = server.Channel();
        var client = new Probe.ProbeClient(channel);
        using var running = client.UnaryAsync(new Ask { Text = "running", Act = "hang-deaf" });
        await log.Entered.ReachAsync(1);
        using var watch = new Grpc.Health.V1.Health.HealthClient(channel).Watch(new Grpc.Health.V1.HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext(default));

        server.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        Assert.True(server.App.Services.GetRequiredService<DrainSignal>().IsDraining);
        Assert.Equal(HealthStatus.NotServing, server.App.Services.GetRequiredService<HealthState>().Find(""));
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.UnaryAsync(new Ask()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Equal("1000", refused.Trailers.GetValue("grpc-retry-pushback-ms"));
        log.Release();
        Assert.Equal("running", (await running).Text);
        await server.App.StopAsync();
    }

    [Fact]
    public async Task Signal_LinkedStream_EndsWithSuccessOnStop()
    {
        await using var server = await DefaultsServer.StartAsync(map: app => app.MapGrpcService<TickService>());
        using var channel = server.Channel();
        using var call = new Probe.ProbeClient(channel).ServerStream(new Ask());
        Assert.True(await call.ResponseStream.MoveNext(default));

        await server.App.StopAsync();

        Assert.False(await call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Stop_WithinDelay_IsNotServingButStillTakesCalls()
    {
        var time = new HeldTime();
        await using var server = await DefaultsServer.StartAsync(
            options => options.DrainDelay = TimeSpan.FromSeconds(10),
            builder => builder.Services.AddSingleton<TimeProvider>(time).AddSingleton(new ProbeLog()),
            app => app.MapGrpcService<ProbeService>());
        using var channel = server.Channel();
        var client = new Probe.ProbeClient(channel);

        var stopping = server.App.StopAsync();
        await time.Held;

        Assert.Equal(HealthStatus.NotServing, server.App.Services.GetRequiredService<HealthState>().Find(""));
        Assert.False(server.App.Services.GetRequiredService<DrainSignal>().IsDraining);
        Assert.Equal("late", (await client.UnaryAsync(new Ask { Text = "late" })).Text);
        time.Release();
        await stopping;
        Assert.True(server.App.Services.GetRequiredService<DrainSignal>().IsDraining);
    }

    [Fact]
    public async Task Options_DelayAndTimeout_AreBothTheHosts()
    {
        await using var server = await DefaultsServer.StartAsync(options =>
        {
            options.DrainDelay = TimeSpan.FromSeconds(10);
            options.ShutdownTimeout = TimeSpan.FromSeconds(45);
        });

        var host = server.App.Services.GetRequiredService<IOptions<HostOptions>>().Value;

        Assert.Equal(TimeSpan.FromSeconds(55), host.ShutdownTimeout);
    }

    /// <summary>Lets no timer fire until it is released.</summary>
    private sealed class HeldTime : TimeProvider
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new();

        public Task Held => _held.Task;

        public void Release() => _released.SetResult();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ = _released.Task.ContinueWith(_ => callback(state), TaskScheduler.Default);
            _held.TrySetResult();
            return new HeldTimer();
        }
    }

    /// <summary>Is driven by its clock alone.</summary>
    private sealed class HeldTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Sends one answer and then waits until the server drains.</summary>
    private sealed class TickService : Probe.ProbeBase
    {
        private readonly DrainSignal _drain;

        public TickService(DrainSignal drain)
        {
            _drain = drain;
        }

        public override async Task ServerStream(Ask request, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new Answer());
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var stop = _drain.Link(context.CancellationToken);
            await using var registration = stop.Token.Register(() => ended.TrySetResult());
            await ended.Task;
        }
    }
}
