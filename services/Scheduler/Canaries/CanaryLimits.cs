using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Is a guard with its defaults filled in.</summary>
/// <param name="MinRequests">Fewest requests of the canary before it is judged.</param>
/// <param name="ErrorsAbove">Highest share of failed requests above that of the rest.</param>
/// <param name="TtftRatio">Highest median time to the first token as a multiple of that of the rest.</param>
/// <param name="Agreement">Lowest agreement with the full model; null when it is not judged.</param>
internal sealed record CanaryLimits(int MinRequests, double ErrorsAbove, double TtftRatio, double? Agreement)
{
    /// <summary>Reads a guard; null is one without any limit of its own.</summary>
    public static CanaryLimits Of(CanaryGuard? guard)
    {
        var whole = CanaryGuardMapping.Complete(guard);
        return new CanaryLimits(whole.MinRequests, whole.MaxErrorRateAbove, whole.MaxTtftRatio, whole.HasMinAgreement ? whole.MinAgreement : null);
    }
}
