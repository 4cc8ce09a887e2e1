using System.Collections.Immutable;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>One prompt, ready for the first decoder layer.</summary>
/// <param name="Embeddings">Borrowed [S, C]: text embeddings and vision features, in prompt order.</param>
/// <param name="VisionSpans">Runs of vision tokens, in prompt order.</param>
/// <param name="Plan">How many vision tokens each layer keeps.</param>
internal sealed record PrefillInput(Tensor Embeddings, ImmutableArray<VisionSpan> VisionSpans, KeepPlan Plan)
{
    /// <summary>Grids that the vision tokens fill one after the other, each row by row; empty for one line in each run.</summary>
    public ImmutableArray<PatchGrid> VisionGrids { get; init; } = [];

    /// <summary>Takes everything but the embeddings from a prompt.</summary>
    /// <param name="embeddings">Borrowed [S, C].</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="plan">How many vision tokens each layer keeps.</param>
    public static PrefillInput Of(Tensor embeddings, ModelPrompt prompt, KeepPlan plan) =>
        new(embeddings, prompt.VisionSpans, plan) { Positions = prompt.Positions, VisionGrids = prompt.VisionGrids };

    /// <summary>Position ids, or null for 0, 1, 2, ...</summary>
    public PromptPositions? Positions { get; init; }

    /// <summary>Whether the host learns which tokens survived.</summary>
    public bool ReportKept { get; init; }

    /// <summary>Whether logits of all rows that reach the last layer are wanted, not only of the last.</summary>
    public bool AllLogits { get; init; }

    /// <summary>Vision tokens of the prompt.</summary>
    public int VisionTokens => VisionSpans.Sum(span => span.Length);

    /// <summary>Text tokens after the last vision token.</summary>
    public int InstructionTokens => VisionSpans.IsEmpty
        ? (int)Embeddings.shape[0]
        : (int)Embeddings.shape[0] - VisionSpans[^1].Start - VisionSpans[^1].Length;
}
