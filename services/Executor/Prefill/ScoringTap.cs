using Fovea.Executor.Models.Layers;
using Fovea.Executor.Ranking;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Joins a layer's attention to the ranking of vision tokens.</summary>
internal sealed class ScoringTap : IAttentionTap
{
    private readonly int _rows;
    private readonly Tensor _visionIndex;

    /// <summary>Scores the tokens at <paramref name="visionIndex"/> by the last <paramref name="rows"/> rows.</summary>
    public ScoringTap(int rows, Tensor visionIndex)
    {
        _rows = rows;
        _visionIndex = visionIndex;
    }

    /// <summary>Scores of the observed layer, float32 [V]; null until a layer ran. Belongs to the scope around the layer.</summary>
    public Tensor? Scores { get; private set; }

    /// <inheritdoc/>
    public void Observe(Tensor queries, Tensor keys) =>
        Scores = AttentionScores.Of(queries, keys, _rows, _visionIndex).DetachFromDisposeScope();
}
