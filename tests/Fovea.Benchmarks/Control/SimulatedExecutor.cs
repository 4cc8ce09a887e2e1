using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Fovea.Planning.Shapes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Benchmarks.Control;

/// <summary>Is the feed of an executor, without a model: it applies and answers snapshots as executors do.</summary>
internal sealed class SimulatedExecutor : IAsyncDisposable
{
    private const string Shape = "llava-1.5-7b";

    private readonly CancellationTokenSource _stop = new();
    private readonly MetricsProbe _probe = new();
    private readonly GrpcChannel _channel;
    private readonly SnapshotStore _snapshots;
    private readonly Task _running;

    /// <summary>Begins to follow a scheduler over a connection of its own.</summary>
    public SimulatedExecutor(string id, string scheduler)
    {
        _channel = GrpcChannel.ForAddress(scheduler);
        _snapshots = new SnapshotStore(file: null, _probe.Metrics, TimeProvider.System, NullLogger<SnapshotStore>.Instance);
        var with = new FeedDependencies(
            _snapshots, new SchedulerLink(_snapshots), () => new LoadReport(), new PlanningOptions(), TimeProvider.System, NullLogger.Instance);
        var identity = new ExecutorIdentity(id, "http://127.0.0.1:7081", Profile);
        _running = new FeedSession(with, new FeedService.FeedServiceClient(_channel), identity).RunAsync(_stop.Token);
    }

    /// <summary>Gets the model that simulated executors announce.</summary>
    public static ModelProfile Profile
    {
        get
        {
            var profile = ModelProfileMapping.ToProto(new(Shape, "rev-1", KnownShapes.Get(Shape), 4096));
            (profile.Family, profile.Dtype, profile.Device) = ("llava", "bf16", "cpu");
            return profile;
        }
    }

    /// <summary>Completes once a revision is applied; fails when the feed ends before.</summary>
    public async Task ReachAsync(string epoch, long revision)
    {
        var reaching = _snapshots.ReachAsync(new SnapshotId(epoch, revision, string.Empty), _stop.Token);
        if (await Task.WhenAny(reaching, _running) == _running)
        {
            await _running;
            throw new InvalidOperationException("the scheduler ended the feed");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            // It was stopped.
        }

        _channel.Dispose();
        _probe.Dispose();
        _stop.Dispose();
    }
}
