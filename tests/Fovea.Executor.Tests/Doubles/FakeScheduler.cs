using System.Threading.Channels;
using Fovea.Contracts.Streams;
using Fovea.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>A scheduler on loopback, over the real stubs, that does what a test tells it to.</summary>
internal sealed class FakeScheduler : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeScheduler(WebApplication app, SchedulerScript script)
    {
        _app = app;
        Script = script;
    }

    public SchedulerScript Script { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public static async Task<FakeScheduler> StartAsync(SchedulerScript script, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhostHttp2(port));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddSingleton(script);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakePlanService>();
        app.MapGrpcService<FakeFeedService>();
        await app.StartAsync().InTimeAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new FakeScheduler(app, script) { Address = new Uri(address) };
    }

    /// <summary>Goes away at once: streams break.</summary>
    public async ValueTask DisposeAsync()
    {
        await Script.BreakAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token).InTimeAsync();
        await _app.DisposeAsync();
    }

    internal sealed class FakePlanService : PlanService.PlanServiceBase
    {
        private readonly SchedulerScript _script;

        public FakePlanService(SchedulerScript script) => _script = script;

        public override async Task StreamPlans(
            IAsyncStreamReader<PlanStreamRequest> requests, IServerStreamWriter<PlanStreamResponse> responses, ServerCallContext context)
        {
            _script.Refuse(context);
            await StreamAcceptance.AcceptAsync(context);
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _script.Broken);
            var answers = _script.OpenPlans(out var outgoing);
            var writing = WriteAsync(outgoing, responses, ends.Token);
            while (await requests.MoveNext(ends.Token))
            {
                await _script.PlanRequests.Writer.WriteAsync(requests.Current, ends.Token);
                if (requests.Current.KindCase == PlanStreamRequest.KindOneofCase.Descriptor_
                    && _script.OnDescriptor(requests.Current.Descriptor_) is { } response)
                {
                    await answers.WriteAsync(response, ends.Token);
                }
            }

            answers.TryComplete();
            await writing;
        }

        private static async Task WriteAsync(
            ChannelReader<PlanStreamResponse> outgoing, IServerStreamWriter<PlanStreamResponse> responses, CancellationToken ends)
        {
            await foreach (var response in outgoing.ReadAllAsync(ends))
            {
                await responses.WriteAsync(response, ends);
            }
        }
    }

    internal sealed class FakeFeedService : FeedService.FeedServiceBase
    {
        private readonly SchedulerScript _script;

        public FakeFeedService(SchedulerScript script) => _script = script;

        public override async Task Watch(
            IAsyncStreamReader<WatchRequest> requests, IServerStreamWriter<WatchResponse> responses, ServerCallContext context)
        {
            _script.Refuse(context);
            await StreamAcceptance.AcceptAsync(context);
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _script.Broken);
            var reading = ReadAsync(requests, ends.Token);
            var outgoing = _script.OpenFeed();
            await foreach (var response in outgoing.ReadAllAsync(ends.Token))
            {
                await responses.WriteAsync(response, ends.Token);
            }

            await reading;
        }

        private async Task ReadAsync(IAsyncStreamReader<WatchRequest> requests, CancellationToken ends)
        {
            while (await requests.MoveNext(ends))
            {
                await _script.WatchRequests.Writer.WriteAsync(requests.Current, ends);
            }
        }
    }
}
