using System.Diagnostics;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Ranking;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Joins a layer's attention to the ranking of vision tokens.</summary>
internal sealed class ScoringTap : IAttentionTap
{
    private readonly int _rows;
    private readonly Tensor _visionIndex;
    private readonly Tensor? _weights;
    private Tensor? _scores;

    /// <summary>Scores the tokens at <paramref name="visionIndex"/> by the last <paramref name="rows"/> rows.</summary>
    /// <param name="rows">R.</param>
    /// <param name="visionIndex">Borrowed int64 [V].</param>
    /// <param name="weights">Borrowed float32 [R], or null to weigh all rows alike.</param>
    public ScoringTap(int rows, Tensor visionIndex, Tensor? weights)
    {
        _rows = rows;
        _visionIndex = visionIndex;
        _weights = weights;
    }

    /// <summary>Host time that scoring took; on CUDA, the time to launch it.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <inheritdoc/>
    public void Observe(Tensor queries, Tensor keys, Tensor? logWeights)
    {
        var begun = Stopwatch.GetTimestamp();
        _scores = AttentionScores.Of(queries, keys, _rows, _visionIndex, new RowWeights(_weights, logWeights)).DetachFromDisposeScope();
        Elapsed = Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Hands over the scores of the observed layer.</summary>
    /// <returns>Owned float32 [V], in no scope.</returns>
    /// <exception cref="InvalidOperationException">The layer did not run.</exception>
    public Tensor Take()
    {
        var scores = _scores ?? throw new InvalidOperationException("The layer did not show its attention.");
        _scores = null;
        return scores;
    }
}
