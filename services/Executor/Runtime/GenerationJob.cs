using System.Collections.Immutable;
using Fovea.Executor.Decode;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Runtime;

/// <summary>Everything that one generation needs, fixed at admission.</summary>
/// <param name="Prompt">The prompt, each image placeholder expanded to its places.</param>
/// <param name="Features">Rows of the encoder, in prompt order; owned by the engine from now on.</param>
/// <param name="Plan">How many vision tokens each layer keeps.</param>
/// <param name="Sampling">How tokens are chosen, and when generation ends.</param>
/// <param name="EosIds">Ids that end the answer; empty to go on to the maximum.</param>
/// <param name="ReportKept">Whether <see cref="PrefillCompleted.Kept"/> is filled.</param>
internal sealed record GenerationJob(
    ModelPrompt Prompt,
    VisionFeatures? Features,
    KeepPlan Plan,
    SamplingOptions Sampling,
    ImmutableArray<int> EosIds,
    bool ReportKept);
