using Fovea.Contracts.V1;

namespace Fovea.Executor.Canaries;

/// <summary>Counts what one version of a policy has served here since its canary began.</summary>
/// <remarks>Safe for any number of threads; a report is of one moment.</remarks>
internal sealed class Arm
{
    private readonly Lock _gate = new();
    private readonly long[] _latencies = new long[LatencyBounds.Milliseconds.Length + 1];
    private long _requests;
    private long _failures;
    private long _shadowRuns;
    private double _agreements;

    /// <summary>Starts at zero.</summary>
    /// <param name="key">The version.</param>
    /// <param name="guard">What ends the canary, defaults written out; null for the version beside it.</param>
    public Arm(ArmKey key, CanaryGuard? guard)
    {
        Key = key;
        Guard = guard;
    }

    /// <summary>The version.</summary>
    public ArmKey Key { get; }

    /// <summary>What ends the canary, defaults written out; null for the version beside it.</summary>
    public CanaryGuard? Guard { get; }

    /// <summary>Counts the end of a request.</summary>
    /// <param name="failed">Whether the service failed it; null when its end says nothing of the service.</param>
    /// <param name="firstToken">Time from reception to the first token; null when there was none.</param>
    public void Ended(bool? failed, TimeSpan? firstToken)
    {
        lock (_gate)
        {
            _requests += failed is null ? 0 : 1;
            _failures += failed is true ? 1 : 0;
            if (firstToken is { } time)
            {
                _latencies[LatencyBounds.IndexOf(time)]++;
            }
        }
    }

    /// <summary>Counts a shadow run.</summary>
    /// <param name="agreement">Share of equal leading tokens, 0..1.</param>
    public void Shadowed(double agreement)
    {
        lock (_gate)
        {
            _shadowRuns++;
            _agreements += agreement;
        }
    }

    /// <summary>Gives the counts as the scheduler is told.</summary>
    public ArmReport ToReport()
    {
        var report = new ArmReport { Policy = Key.Policy, PolicyRevision = Key.Revision, Canary = Key.IsCanary };
        report.TtftBoundsMs.AddRange(LatencyBounds.Milliseconds);
        lock (_gate)
        {
            (report.Requests, report.Failures) = (_requests, _failures);
            (report.ShadowRuns, report.ShadowAgreementSum) = (_shadowRuns, _agreements);
            report.TtftCounts.AddRange(_latencies);
        }

        return report;
    }
}
