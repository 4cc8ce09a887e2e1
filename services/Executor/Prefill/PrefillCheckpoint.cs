using Fovea.Executor.Dropping;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>A prefill between two layers: everything that the layers to come depend on, beside the KV cache of those that ran.</summary>
/// <param name="Layer">The layer that comes next; no token was dropped before it yet.</param>
/// <param name="Facts">Of the prompt.</param>
/// <param name="Rows">Owned: what enters the layer.</param>
/// <param name="Scores">Owned float32 [V]: scores of the layer before; null where the scorer reads no attention.</param>
/// <param name="Raters">Owned float32 [R]: weights of the asking rows; null where all weigh alike.</param>
internal sealed record PrefillCheckpoint(int Layer, PromptFacts Facts, TokenRows Rows, Tensor? Scores, Tensor? Raters) : IDisposable
{
    /// <summary>Bytes of all tensors.</summary>
    public long Bytes => Rows.Bytes + (Scores?.nbytes ?? 0) + (Raters?.nbytes ?? 0);

    /// <summary>Copies every tensor.</summary>
    public PrefillCheckpoint Copy() => this with
    {
        Rows = Rows.Copy(),
        Scores = Scores?.clone().DetachFromDisposeScope(),
        Raters = Raters?.clone().DetachFromDisposeScope(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        Scores?.Dispose();
        Raters?.Dispose();
    }
}
