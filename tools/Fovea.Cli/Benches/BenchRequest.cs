using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Torch;

namespace Fovea.Cli.Benches;

/// <summary>Says what a prefill measurement runs.</summary>
/// <param name="Context">Shape and token counts.</param>
/// <param name="Spec">Schedule that is compared with keeping everything.</param>
internal sealed record BenchRequest(ScheduleContext Context, ScheduleSpec Spec)
{
    /// <summary>Gets what ranks vision tokens.</summary>
    public TokenScorer Scorer { get; init; }

    /// <summary>Gets the measured runs of each plan.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Gets the seed of weights and prompt.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the data type of weights and activations.</summary>
    public ScalarType DType { get; init; } = ScalarType.Float32;

    /// <summary>Gets where they live.</summary>
    public Device Device { get; init; }
}
