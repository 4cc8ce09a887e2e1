using Fovea.Scheduler.Policies;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Audit;

namespace Fovea.Scheduler.Canaries;

/// <summary>Writes to the audit log which canaries the guard has ended; nobody calls for that.</summary>
internal sealed class AuditedCanaryEnding : ICanaryEnding
{
    private readonly CanaryEnding _ending;
    private readonly ISchedulerStore _store;
    private readonly AuditLog _audit;

    /// <summary>Watches how canaries end.</summary>
    public AuditedCanaryEnding(CanaryEnding ending, ISchedulerStore store, AuditLog audit)
    {
        _ending = ending;
        _store = store;
        _audit = audit;
    }

    /// <inheritdoc/>
    public async Task<bool> FailAsync(string policy, long canaryRevision, string reason, CancellationToken cancellationToken)
    {
        var isEnded = await _ending.FailAsync(policy, canaryRevision, reason, cancellationToken);
        if (isEnded)
        {
            _audit.Record(new AuditRecord(nameof(CanaryWatch), CanaryEnding.GuardActor, "OK")
            {
                Resource = $"policy/{policy}",
                From = canaryRevision,
                To = _store.Current.Policies.GetValueOrDefault(policy)?.Revision,
                Reason = reason,
            });
        }

        return isEnded;
    }
}
