using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Holds what one version of a policy has served, on one executor or on all.</summary>
/// <param name="Requests">Requests that succeeded or failed.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Latencies">Times to the first token.</param>
/// <param name="ShadowRuns">Answers compared with the full model's.</param>
/// <param name="Agreements">Sum of their agreements, each 0..1.</param>
internal sealed record ArmTotals(long Requests, long Failures, Latencies Latencies, long ShadowRuns, double Agreements)
{
    /// <summary>Gets what a version has that served nothing.</summary>
    public static ArmTotals None { get; } = new(0, 0, Latencies.None, 0, 0);

    /// <summary>Reads a valid report.</summary>
    public static ArmTotals Of(ArmReport report) =>
        new(report.Requests, report.Failures, Latencies.Of(report), report.ShadowRuns, report.ShadowAgreementSum);

    /// <summary>Returns both together.</summary>
    public ArmTotals Plus(ArmTotals other) => new(
        Requests + other.Requests,
        Failures + other.Failures,
        Latencies.Plus(other.Latencies),
        ShadowRuns + other.ShadowRuns,
        Agreements + other.Agreements);
}
