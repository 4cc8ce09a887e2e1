using Fovea.Contracts.Snapshots;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Executor.Tests.Planning;

/// <summary>Found by the fault scenario executor-kill: a kill between use and saving brought an older snapshot back.</summary>
public sealed class SnapshotDurabilityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-state-").FullName;
    private readonly MetricsProbe _probe = new();

    public void Dispose()
    {
        _probe.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Offer_WhileTheFileIsBeingWritten_TheOlderOneStillServes()
    {
        var time = new WatchedTime();
        var store = new SnapshotStore(new SnapshotFile(_folder, time), _probe.Metrics, time, NullLogger<SnapshotStore>.Instance);
        store.Offer(Snapshots.Uniform("e1", 7, 0.5));
        var served = new List<SnapshotId>();

        // The file asks for the time when the snapshot is on disk.
        time.OnAsked = () => served.Add(store.Held);
        store.Offer(Snapshots.Uniform("e1", 8, 0.25));

        Assert.NotEmpty(served);
        Assert.All(served, id => Assert.Equal(7, id.Revision));
        Assert.Equal(8, store.Held.Revision);
    }

    private sealed class WatchedTime : TimeProvider
    {
        public Action? OnAsked { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            OnAsked?.Invoke();
            return base.GetUtcNow();
        }
    }
}
