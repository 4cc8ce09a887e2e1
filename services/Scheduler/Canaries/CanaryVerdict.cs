namespace Fovea.Scheduler.Canaries;

/// <summary>Is what was found of a canary, in words with the numbers.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Reason">Why.</param>
internal sealed record CanaryVerdict(CanaryFinding Finding, string Reason)
{
    /// <summary>Gets whether the canary must end.</summary>
    public bool IsBroken => Finding is not (CanaryFinding.Waiting or CanaryFinding.Healthy);
}
