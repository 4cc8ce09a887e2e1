using Fovea.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a double of an executor on loopback: it follows a scheduler's feed and serves CalibrationService by a script.</summary>
internal sealed class OracleExecutor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _end;
    private readonly string _id;
    private GrpcChannel? _channel;
    private AsyncDuplexStreamingCall<WatchRequest, WatchResponse>? _feed;
    private bool _isDead;

    private OracleExecutor(WebApplication app, CancellationTokenSource end, string id, OracleScript script)
    {
        (_app, _end, _id, Script) = (app, end, id, script);
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public OracleScript Script { get; }

    public string Address { get; }

    /// <summary>Starts and is known to the scheduler when it returns.</summary>
    public static async Task<OracleExecutor> StartAsync(string scheduler, string id, OracleScript? script = null)
    {
        script ??= new OracleScript();
        var end = new CancellationTokenSource();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddSingleton(script).AddSingleton(new OracleLife(id, end.Token));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<OracleService>();
        await app.StartAsync();
        var executor = new OracleExecutor(app, end, id, script);
        await executor.FollowAsync(scheduler);
        return executor;
    }

    /// <summary>Follows another scheduler's feed, as after the scheduler has come again.</summary>
    public async Task FollowAsync(string scheduler)
    {
        Unfollow();
        _channel = GrpcChannel.ForAddress(scheduler);
        _feed = new FeedService.FeedServiceClient(_channel).Watch();
        var subscribe = new Subscribe { ExecutorId = _id, Address = Address, Model = OracleScript.Model() };
        await _feed.RequestStream.WriteAsync(new WatchRequest { Subscribe = subscribe }).WaitAsync(Limits.Step);
        await _feed.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step);
    }

    /// <summary>Dies: its streams break, nothing is said.</summary>
    public async Task KillAsync()
    {
        if (_isDead)
        {
            return;
        }

        _isDead = true;
        await _end.CancelAsync();
        Unfollow();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private void Unfollow()
    {
        _feed?.Dispose();
        _channel?.Dispose();
    }
}
