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
    private Tensor? _scores;

    /// <summary>Scores the tokens at <paramref name="visionIndex"/> by the last <paramref name="rows"/> rows.</summary>
    public ScoringTap(int rows, Tensor visionIndex)
    {
        _rows = rows;
        _visionIndex = visionIndex;
    }

    /// <summary>Host time that scoring took; on CUDA, the time to launch it.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <inheritdoc/>
    public void Observe(Tensor queries, Tensor keys)
    {
        var begun = Stopwatch.GetTimestamp();
        _scores = AttentionScores.Of(queries, keys, _rows, _visionIndex).DetachFromDisposeScope();
        Elapsed = Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Hands over the scores of the observed layer to the current scope.</summary>
    /// <returns>Owned float32 [V].</returns>
    /// <exception cref="InvalidOperationException">The layer did not run.</exception>
    public Tensor Take()
    {
        var scores = _scores ?? throw new InvalidOperationException("The layer did not show its attention.");
        _scores = null;
        return TensorScope.Current!.Attach(scores);
    }
}
