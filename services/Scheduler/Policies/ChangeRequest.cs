namespace Fovea.Scheduler.Policies;

/// <summary>Says who asks for a change of a policy and why.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why; possibly empty.</param>
/// <param name="IsDryRun">Whether the change is only checked.</param>
internal sealed record ChangeRequest(string Actor, string Reason, bool IsDryRun = false);
