using System.Collections.Immutable;
using Fovea.Executor.Decode;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Runtime;

/// <summary>Everything that one generation needs, fixed at admission.</summary>
/// <param name="InputIds">Prompt ids [S], each image placeholder expanded to its vision tokens.</param>
/// <param name="VisionSpans">Runs of vision tokens in <paramref name="InputIds"/>, in prompt order.</param>
/// <param name="Features">Features of those tokens, in the same order; owned by the engine from now on.</param>
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
    bool ReportKept);
