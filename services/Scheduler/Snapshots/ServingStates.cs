using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Snapshots;

/// <summary>Gives the served forms of the store's newest state, made once for each state; reading takes no lock.</summary>
internal sealed class ServingStates
{
    private readonly ISchedulerStore _store;
    private volatile ServingState? _newest;

    /// <summary>Makes the forms of a store's states.</summary>
    public ServingStates(ISchedulerStore store) => _store = store;

    /// <summary>Gets the newest state's forms: a change that a call has committed is seen by every later call.</summary>
    /// <exception cref="FormatException">What is stored is not valid; checked at start.</exception>
    public ServingState Current => Of(_store.Current);

    /// <summary>Returns the forms of a state, which is kept if it is asked for again next.</summary>
    public ServingState Of(StoreState state)
    {
        var newest = _newest;
        if (newest is null || !ReferenceEquals(newest.State, state))
        {
            newest = ServingState.Create(state).Require();
            _newest = newest;
        }

        return newest;
    }
}
