using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Functional.Tests.Feed;

/// <summary>The real feed of one executor, which follows one replica after the other and can be restarted.</summary>
internal sealed class FuzzExecutor : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly MetricsProbe _probe = new();
    private readonly WireWatch _wire;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<FeedReplica> _choose;
    private readonly Task _running;
    private volatile SnapshotStore _snapshots;
    private volatile bool _isRestarting;
    private readonly Lock _gate = new();
    private FeedLink? _link;

    /// <summary>Starts it; <paramref name="choose"/> says whom each new stream goes to.</summary>
    public FuzzExecutor(string folder, TimeProvider time, WireWatch wire, Func<FeedReplica> choose)
    {
        (_folder, _time, _wire, _choose) = (folder, time, wire, choose);
        _snapshots = Open();
        _running = RunAsync();
    }

    public AppliedLog Log { get; } = new();

    public AppliedSnapshot? Applied => _snapshots.Applied;

    public SnapshotId Held => _snapshots.Held;

    /// <summary>The replica of the newest stream.</summary>
    public FeedReplica? Replica { get; private set; }

    public void Break()
    {
        lock (_gate)
        {
            _link?.Break();
        }
    }

    /// <summary>Loses everything but what is on disk.</summary>
    public void Restart()
    {
        _isRestarting = true; // a store is opened when nobody writes to the file any more
        Break();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Break();
        await _running.WaitAsync(FoveaProcess.Limit);
        _probe.Dispose();
        _stop.Dispose();
    }

    private SnapshotStore Open() => new(new SnapshotFile(_folder, _time), _probe.Metrics, _time, Log);

    private async Task RunAsync()
    {
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            if (_isRestarting)
            {
                _isRestarting = false;
                _snapshots = Open();
            }

            var replica = _choose();
            var wire = _wire.Begin(replica);
            using var link = new FeedLink(wire.Request, wire.Response);
            Use(link);
            Replica = replica;
            var serving = replica.ServeAsync(link);
            try
            {
                await Session(link).RunAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is RpcException or OperationCanceledException)
            {
                // The next stream begins at once.
            }

            Use(null);
            link.Break();
            await serving;
        }
    }

    private void Use(FeedLink? link)
    {
        lock (_gate)
        {
            _link = link;
        }
    }

    private FeedSession Session(FeedLink link)
    {
        var snapshots = _snapshots;
        var with = new FeedDependencies(
            snapshots, new SchedulerLink(snapshots), () => new LoadReport(), new PlanningOptions { FeedSilence = TimeSpan.FromMinutes(1) }, _time, NullLogger.Instance);
        return new FeedSession(with, new FeedService.FeedServiceClient(link), new ExecutorIdentity("e1", "http://127.0.0.1:1", new ModelProfile { Name = "m" }));
    }
}
