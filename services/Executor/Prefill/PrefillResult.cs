using System.Collections.Immutable;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>What a prefill leaves behind beside the KV cache.</summary>
/// <param name="Logits">Owned float32 [1, vocabulary], or [rows of the last layer, vocabulary].</param>
/// <param name="AppliedCounts">Vision tokens that entered each layer [L], counted as they ran.</param>
/// <param name="Kept">For each layer before which tokens were dropped, the surviving indices; empty unless asked for.</param>
internal sealed record PrefillResult(
    Tensor Logits,
    ImmutableArray<int> AppliedCounts,
    ImmutableSortedDictionary<int, ImmutableArray<int>> Kept) : IDisposable
{
    /// <summary>Host time spent on scoring, ranking and dropping; on CUDA, the time to launch them.</summary>
    public TimeSpan Ranking { get; init; }

    /// <summary>Position id of the first token of the answer, in mode <see cref="Fovea.Planning.Plans.PositionMode.Keep"/>.</summary>
    public required int NextPosition { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Logits.Dispose();
}
