using System.Diagnostics.Metrics;
using Fovea.Contracts.Mapping;
using Fovea.Scheduler.Feed;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Makes parts of a scheduler around a store, on a clock that the test moves.</summary>
internal sealed class Parts : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public Parts()
    {
        Store = Stores.Open(_folder);
        Metrics = new SchedulerMetrics(_services.GetRequiredService<IMeterFactory>(), Store);
        States = new ServingStates(Store);
        Convergence = new ConvergenceTracker(Metrics, Time);
    }

    public ManualTime Time { get; } = new();

    public FileStore Store { get; }

    public SchedulerMetrics Metrics { get; }

    public ServingStates States { get; }

    public SnapshotHistory History { get; } = new(new FeedOptions().HistorySize);

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public ConvergenceTracker Convergence { get; }

    public FeedContext Feed(FeedOptions? options = null) =>
        new(Store, History, Convergence, options ?? new FeedOptions(), Time, Metrics);

    public PlanContext Plans(PlansOptions? options = null) => new(
        new PlanAnswerer(States, new HeldSnapshots(Store, History), new PlanDecider(), NullLogger<PlanAnswerer>.Instance), options ?? new PlansOptions(), Time, Metrics);

    public Task<StoreState> PutAsync(int floor) => Stores.PutAsync(Store, TestPolicies.Full("default", floor));

    public void Dispose()
    {
        Store.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }
}
