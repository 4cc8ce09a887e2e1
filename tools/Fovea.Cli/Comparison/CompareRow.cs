using System.Collections.Immutable;

namespace Fovea.Cli.Comparison;

/// <summary>Is what one candidate scored.</summary>
internal sealed record CompareRow
{
    /// <summary>Gets the candidate.</summary>
    public required CompareCandidate Candidate { get; init; }

    /// <summary>Gets the questions asked.</summary>
    public required int Questions { get; init; }

    /// <summary>Gets the percent of exact answers; the mean over the seeds where there are several.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Gets the lower end of its 95 % interval (Wilson).</summary>
    public required double Low { get; init; }

    /// <summary>Gets the upper end of its 95 % interval.</summary>
    public required double High { get; init; }

    /// <summary>Gets the percent of exact answers with each seed; one where there are none.</summary>
    public required ImmutableArray<double> BySeed { get; init; }

    /// <summary>Gets the mean keep rate.</summary>
    public required double MeanKeep { get; init; }

    /// <summary>Gets the mean LLM prefill as executed, in GFLOPs.</summary>
    public required double Gflops { get; init; }

    /// <summary>Gets the same with everything kept.</summary>
    public required double FullGflops { get; init; }

    /// <summary>Gets the answers that are right in full and wrong here; of the best seed where there are several.</summary>
    public required int Lost { get; init; }

    /// <summary>Gets the answers that are wrong in full and right here; of the best seed where there are several.</summary>
    public required int Won { get; init; }

    /// <summary>Gets the comparison with P-Sigmoid at the same budget, of the best seed where there are several; null where there is none.</summary>
    public PairedTest? Test { get; init; }
}
