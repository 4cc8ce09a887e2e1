using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>Sends questions on whichever plan stream is in use.</summary>
/// <remarks>Set by one loop; asked by any thread.</remarks>
internal sealed class PlanRoute
{
    private volatile PlanSession? _session;

    /// <summary>Whether a stream is in use.</summary>
    public bool IsOpen => _session is not null;

    /// <summary>Puts a stream into use; null for none.</summary>
    public void Use(PlanSession? session) => _session = session;

    /// <summary>Sends a question; null when no scheduler is there.</summary>
    public PendingPlan? TryAsk(PlanDescriptor descriptor, SnapshotId applied)
    {
        while (_session is { } session)
        {
            if (session.TryAsk(descriptor, applied) is { } pending)
            {
                return pending;
            }

            // A stream that takes no more may just have been replaced.
            if (ReferenceEquals(_session, session))
            {
                return null;
            }
        }

        return null;
    }
}
