using Fovea.Contracts.Calibration;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>One candidate on one sample.</summary>
/// <param name="Sample">The question.</param>
/// <param name="Schedule">The candidate.</param>
/// <param name="Metrics">What it is judged by.</param>
/// <param name="Plain">Whether nothing may be reused or kept.</param>
internal sealed record TrialRequest(Sample Sample, TrialSchedule Schedule, TrialMetrics Metrics, bool Plain)
{
    /// <summary>The sample's image; needed only while its features are not cached.</summary>
    public PixelValues? Pixels { get; init; }
}
