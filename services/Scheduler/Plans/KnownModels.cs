using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Snapshots;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Plans;

/// <summary>Remembers the shapes that executors announce, beyond the life of this process.</summary>
internal sealed class KnownModels
{
    private readonly ISchedulerStore _store;
    private readonly ServingStates _states;
    private readonly ILogger<KnownModels> _logger;

    /// <summary>Makes the registry over the store.</summary>
    public KnownModels(ISchedulerStore store, ServingStates states, ILogger<KnownModels> logger)
    {
        _store = store;
        _states = states;
        _logger = logger;
    }

    /// <summary>
    /// Stores a valid profile unless the same is known under its name. A store that cannot be written does not turn the
    /// executor away: the failure is logged.
    /// </summary>
    public async Task RememberAsync(ModelProfile profile, string executor, CancellationToken cancellationToken)
    {
        try
        {
            var isNew = false;
            await _store.UpdateAsync(state => Decide(state, profile, out isNew), cancellationToken);
            if (isNew)
            {
                PlansLog.ModelKnown(_logger, profile.Name, profile.Revision, executor);
                WarnOfUnfit(profile.Name);
            }
        }
        catch (StoreUnavailableException exception)
        {
            PlansLog.ModelNotStored(_logger, exception, profile.Name);
        }
    }

    private static StoreChange.PutModel? Decide(StoreState state, ModelProfile profile, out bool isNew)
    {
        isNew = !profile.Equals(state.Models.GetValueOrDefault(profile.Name));
        return isNew ? new StoreChange.PutModel(profile) : null;
    }

    private void WarnOfUnfit(string model)
    {
        var serving = _states.Current;
        foreach (var policy in serving.Planning.Policies.ServingPolicies)
        {
            var faults = serving.Planning.FaultsOf(policy, [serving.Models[model]]);
            if (faults.Length > 0)
            {
                PlansLog.PolicyUnfit(_logger, policy.Name, model, string.Join<PlanFault>("; ", faults));
            }
        }
    }
}
