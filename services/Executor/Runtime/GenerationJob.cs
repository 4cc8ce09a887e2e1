using System.Collections.Immutable;
using Fovea.Executor.Decode;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Runtime;

/// <summary>Everything that one generation needs, fixed at admission.</summary>
/// <param name="InputIds">Prompt ids [S], each image placeholder expanded to its places.</param>
/// <param name="VisionSpans">Runs of vision tokens in <paramref name="InputIds"/>, in prompt order.</param>
/// <param name="Features">Rows of the encoder, in prompt order; owned by the engine from now on.</param>
/// <param name="Plan">How many vision tokens each layer keeps.</param>
/// <param name="Sampling">How tokens are chosen, and when generation ends.</param>
/// <param name="EosIds">Ids that end the answer; empty to go on to the maximum.</param>
/// <param name="ReportKept">Whether <see cref="PrefillCompleted.Kept"/> is filled.</param>
internal sealed record GenerationJob(
    int[] InputIds,
    ImmutableArray<VisionSpan> VisionSpans,
    VisionFeatures? Features,
    KeepPlan Plan,
    SamplingOptions Sampling,
    ImmutableArray<int> EosIds,
    bool ReportKept)
{
    /// <summary>Runs of places that the features fill; those of the vision tokens unless line ends stand between.</summary>
    public ImmutableArray<VisionSpan> FeatureSpans { get; init; } = VisionSpans;

    /// <summary>Vision tokens of each image, in prompt order; empty leaves out counts by image.</summary>
    public ImmutableArray<int> ImageVisionTokens { get; init; } = [];

    /// <summary>Grids that the vision tokens fill one after the other, each row by row; empty for one line in each run.</summary>
    public ImmutableArray<PatchGrid> VisionGrids { get; init; } = [];

    /// <summary>Position ids, or null for 0, 1, 2, ...</summary>
    public PromptPositions? Positions { get; init; }
}
