using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Store;

/// <summary>Says who changed a policy, why and when: what history keeps beside each version.</summary>
/// <param name="Action">How the version came about.</param>
/// <param name="Actor">Who changed it.</param>
/// <param name="Reason">Why; empty when nothing was said.</param>
/// <param name="Time">When it was decided.</param>
internal sealed record ChangeNote(PolicyAction Action, string Actor, string Reason, DateTimeOffset Time)
{
    /// <summary>Names who changes what nobody in particular has changed.</summary>
    public const string Anonymous = "anonymous";
}
