using System.Collections.Immutable;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Checks the limits that end a canary, and writes out their defaults.</summary>
public static class CanaryGuardMapping
{
    private const int MinRequests = 20;
    private const double MaxErrorRateAbove = 0.02;
    private const double MaxTtftRatio = 1.5;
    private const double ShadowShare = 0.05;

    /// <summary>Returns every fault; an absent guard has none.</summary>
    public static ImmutableArray<PlanFault> Validate(Wire.CanaryGuard? guard)
    {
        var faults = new FaultList();
        if (guard is null)
        {
            return [];
        }

        if (guard.HasMinRequests)
        {
            faults.Range("minRequests", guard.MinRequests, 1, int.MaxValue);
        }

        Share("maxErrorRateAbove", guard.HasMaxErrorRateAbove, guard.MaxErrorRateAbove, faults);
        Share("minAgreement", guard.HasMinAgreement, guard.MinAgreement, faults);
        Share("shadowShare", guard.HasShadowShare, guard.ShadowShare, faults);
        if (guard.HasMaxTtftRatio && !(double.IsFinite(guard.MaxTtftRatio) && guard.MaxTtftRatio > 0))
        {
            faults.Invalid("maxTtftRatio", FormattableString.Invariant($"{guard.MaxTtftRatio} must be above 0 and finite"));
        }

        if (guard is { HasMinAgreement: true, HasShadowShare: true, ShadowShare: 0 })
        {
            faults.Invalid("shadowShare", "is 0, so that the agreement of minAgreement would never be measured");
        }

        return faults.ToImmutable();
    }

    /// <summary>Returns the guard with its defaults written out.</summary>
    public static Wire.CanaryGuard Complete(Wire.CanaryGuard? guard)
    {
        var complete = guard?.Clone() ?? new Wire.CanaryGuard();
        complete.MinRequests = complete.HasMinRequests ? complete.MinRequests : MinRequests;
        complete.MaxErrorRateAbove = complete.HasMaxErrorRateAbove ? complete.MaxErrorRateAbove : MaxErrorRateAbove;
        complete.MaxTtftRatio = complete.HasMaxTtftRatio ? complete.MaxTtftRatio : MaxTtftRatio;
        if (complete is { HasMinAgreement: true, HasShadowShare: false })
        {
            complete.ShadowShare = ShadowShare;
        }

        return complete;
    }

    private static void Share(string field, bool isGiven, double value, FaultList faults)
    {
        if (isGiven && value is not (>= 0 and <= 1))
        {
            faults.Invalid(field, FormattableString.Invariant($"{value} is outside 0..1"));
        }
    }
}
