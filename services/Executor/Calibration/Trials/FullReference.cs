using System.Collections.Immutable;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>What the full model says to a sample.</summary>
/// <param name="Ids">Its greedy answer, without the end.</param>
/// <param name="Logits">Its logits of the first token [vocabulary].</param>
internal sealed record FullReference(ImmutableArray<int> Ids, float[] Logits)
{
    /// <summary>Bytes held.</summary>
    public long Bytes => (sizeof(float) * (long)Logits.Length) + (sizeof(int) * (long)Ids.Length);
}
