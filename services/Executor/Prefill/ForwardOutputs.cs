using System.Collections.Immutable;

namespace Fovea.Executor.Prefill;

/// <summary>What one forward pass gives, on the host.</summary>
/// <param name="Logits">float32 [Rows, Vocabulary], row-major: every position that reaches the last layer, in order.</param>
/// <param name="Rows">Positions.</param>
/// <param name="Vocabulary">Logits of each.</param>
/// <param name="AppliedCounts">Vision tokens that entered each layer [L].</param>
/// <param name="Kept">For each layer before which tokens were dropped, the surviving indices among all vision tokens.</param>
internal sealed record ForwardOutputs(
    float[] Logits,
    int Rows,
    int Vocabulary,
    ImmutableArray<int> AppliedCounts,
    ImmutableSortedDictionary<int, ImmutableArray<int>> Kept);
