using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>The prompt is in the KV cache.</summary>
/// <param name="Duration">Time that the prefill took on the inference thread.</param>
/// <param name="AppliedCounts">Vision tokens that really entered each layer [L].</param>
/// <param name="KvBytes">Bytes of KV cache of this job.</param>
/// <param name="Kept">For each layer before which tokens were dropped, the surviving indices among all vision tokens of the
/// request, ascending; empty unless asked for.</param>
internal sealed record PrefillCompleted(
    TimeSpan Duration,
    ImmutableArray<int> AppliedCounts,
    long KvBytes,
    ImmutableSortedDictionary<int, ImmutableArray<int>> Kept) : GenerationEvent
{
    /// <summary>Vision tokens of each image that really entered each layer; empty where the job names no images.</summary>
    public ImmutableArray<ImmutableArray<int>> ImageCounts { get; init; } = [];
}
