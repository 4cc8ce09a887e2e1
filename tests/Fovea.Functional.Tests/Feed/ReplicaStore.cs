using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;

namespace Fovea.Functional.Tests.Feed;

/// <summary>The store of one scheduler replica, which knows the states that a test lets it see.</summary>
internal sealed class ReplicaStore : ISchedulerStore
{
    private readonly StateCell _cell;

    public ReplicaStore(StoreState state) => _cell = new StateCell(state);

    public StoreState Current => _cell.Value;

    public StoreStatus Status => StoreStatus.Fresh;

    public void Publish(StoreState state)
    {
        if (!ReferenceEquals(state, Current))
        {
            _cell.Publish(state);
        }
    }

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoreState?> TryCommitAsync(StoreState basis, StoreChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoreState> WaitForChangeAsync(StoreState seen, CancellationToken cancellationToken) => _cell.WaitForChangeAsync(seen, cancellationToken);

    public Task<IReadOnlyList<PolicyVersion>> HistoryAsync(string policy, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PolicyVersion>?> EventsAfterAsync(long revision, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
