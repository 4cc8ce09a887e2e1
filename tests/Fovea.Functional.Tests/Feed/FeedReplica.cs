using System.Diagnostics.Metrics;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Feed;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Functional.Tests.Feed;

/// <summary>The real feed of one scheduler replica, without a network.</summary>
internal sealed class FeedReplica : IDisposable
{
    public const int HistorySize = 12;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FeedContext _feed;
    private readonly FleetRegistry _fleet;

    public FeedReplica(StoreState state, TimeProvider time)
    {
        Store = new ReplicaStore(state);
        var options = new FeedOptions { DebounceQuiet = TimeSpan.Zero, HistorySize = HistorySize };
        var metrics = new SchedulerMetrics(_services.GetRequiredService<IMeterFactory>(), Store);
        _feed = new FeedContext(Store, new SnapshotHistory(HistorySize), new ConvergenceTracker(metrics, time), options, time, metrics);
        _fleet = new FleetRegistry(new FleetOptions(), time, NullLogger<FleetRegistry>.Instance);
    }

    public ReplicaStore Store { get; }

    /// <summary>What the replica shows of the executor; null when it never saw it.</summary>
    public ExecutorStatus? Status => _fleet.List().SingleOrDefault();

    /// <summary>Serves the scheduler's side of a link until it ends.</summary>
    public async Task ServeAsync(FeedLink link)
    {
        try
        {
            if (!await link.Requests.MoveNext(link.Broken))
            {
                return;
            }

            var session = _fleet.Connect(link.Requests.Current.Subscribe)!;
            try
            {
                var sender = new FeedSender(_feed, session, link.Responses, CancellationToken.None);
                await new FeedStream(_feed, session, sender, NullLogger.Instance).RunAsync(link.Requests, link.Broken);
            }
            finally
            {
                _fleet.Disconnect(session);
            }
        }
        catch (Exception exception) when (exception is Grpc.Core.RpcException or OperationCanceledException)
        {
            // Seen by the executor as the end of its stream.
        }
        finally
        {
            link.Complete();
        }
    }

    public void Dispose() => _services.Dispose();
}
