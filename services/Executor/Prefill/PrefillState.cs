using System.Collections.Immutable;
using System.Diagnostics;
using Fovea.Executor.Cache;
using Fovea.Executor.Dropping;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Ranking;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>A prompt on its way through the decoder; it may pause between two layers and be copied there.</summary>
/// <remarks>
/// The sort-and-reduce operator of papers.md A.3; the steps are those of the picture at <see cref="PrefillRunner"/>. Nothing in the
/// loop waits for the device or copies to the host. Its tensors are in no scope: disposing frees them, but not the cache.
/// </remarks>
internal sealed class PrefillState : IDisposable
{
    private readonly ILanguageModel _model;
    private readonly KeepPlan _plan;
    private readonly KvCache _cache;
    private readonly PromptFacts _facts;
    private readonly DropRanking _ranker;
    private readonly Tensor? _raters; // [R]
    private readonly SortedDictionary<int, Tensor>? _kept;
    private readonly bool _allLogits;
    private readonly ImmutableArray<int>.Builder _applied = ImmutableArray.CreateBuilder<int>();
    private TokenRows _rows;
    private Tensor? _scores; // [V]
    private TimeSpan _ranking;

    /// <summary>Lays a prompt out before the first layer.</summary>
    /// <param name="model">Runs it.</param>
    /// <param name="input">The prompt and its plan.</param>
    /// <param name="cache">Borrowed, empty, allocated for the plan.</param>
    /// <exception cref="ArgumentException">Plan and prompt do not fit each other or the model.</exception>
    public PrefillState(ILanguageModel model, PrefillInput input, KvCache cache)
    {
        PrefillGuard.Require(input, model.Shape);
        using var scope = torch.NewDisposeScope();
        _model = model;
        _plan = input.Plan;
        _cache = cache;
        _allLogits = input.AllLogits;
        _kept = input.ReportKept ? [] : null;
        var rows = PromptRows.Of(input, model.Device); // (1)
        rows = _plan.Pool >= 2 ? VisionPooler.Pool(rows, input.VisionSpans, _plan.Pool) : rows;
        _rows = rows.Detach();
        _facts = new PromptFacts(rows.Count - rows.VisionCount, input.InstructionTokens, input.Positions?.Next ?? rows.Count);
        _ranker = new DropRanking(model, _plan, _facts.InstructionRows);
        _raters = Raters()?.DetachFromDisposeScope();
        if (_plan.Pool >= 2)
        {
            Note(0);
        }
    }

    /// <summary>Goes on where another run of the same prompt paused.</summary>
    /// <param name="model">Runs it.</param>
    /// <param name="plan">Equal to the other run's in the layers that ran.</param>
    /// <param name="checkpoint">Borrowed.</param>
    /// <param name="cache">Borrowed, with the other run's first layers.</param>
    public PrefillState(ILanguageModel model, KeepPlan plan, PrefillCheckpoint checkpoint, KvCache cache)
    {
        var copy = checkpoint.Copy();
        (_model, _plan, _cache, _facts) = (model, plan, cache, checkpoint.Facts);
        (_rows, _scores, _raters, Layer) = (copy.Rows, copy.Scores, copy.Raters, copy.Layer);
        _ranker = new DropRanking(model, plan, _facts.InstructionRows);
        _applied.AddRange(plan.Counts.AsSpan()[..Layer]);
    }

    /// <summary>The layer that comes next.</summary>
    public int Layer { get; private set; }

    /// <summary>Scores of the layer that ran last: borrowed float32 [V], or null when it was not asked for any.</summary>
    public Tensor? Scores => _scores;

    /// <summary>Runs the layers before a given one.</summary>
    /// <param name="layer">The layer that comes next afterwards.</param>
    /// <param name="scored">Whether the last of them scores vision tokens even where the plan drops none.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    public void RunTo(int layer, bool scored, CancellationToken cancellationToken)
    {
        while (Layer < layer)
        {
            cancellationToken.ThrowIfCancellationRequested(); // (2)
            Drop();
            RunLayer(scored && Layer + 1 == layer);
            Layer++;
        }
    }

    /// <summary>Copies what the layers to come depend on.</summary>
    /// <returns>Owned.</returns>
    public PrefillCheckpoint Pause() => new PrefillCheckpoint(Layer, _facts, _rows, _scores, _raters).Copy();

    /// <summary>Runs the remaining layers and the head.</summary>
    public PrefillResult Finish(CancellationToken cancellationToken)
    {
        RunTo(_model.Shape.Layers, scored: false, cancellationToken);
        using var scope = torch.NewDisposeScope();
        var last = _allLogits ? _rows.Hidden : _rows.Hidden.narrow(0, _rows.Count - 1, 1);
        var logits = _model.Head(last).DetachFromDisposeScope(); // (7)
        return new PrefillResult(logits, _applied.ToImmutable(), Report()) { Ranking = _ranking, NextPosition = _facts.NextPosition };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _scores?.Dispose();
        _raters?.Dispose();
        foreach (var kept in _kept?.Values ?? Enumerable.Empty<Tensor>())
        {
            kept.Dispose();
        }
    }

    private Tensor? Raters()
    {
        var (rows, count) = (_facts.InstructionRows, _rows.Count);
        return _plan.Scorer == TokenScorer.Raters && rows > 0 && _rows.VisionCount > 0
            ? TextRaters.Weigh(_rows.Hidden.index_select(0, _rows.VisionIndex), _rows.Hidden.narrow(0, count - rows, rows))
            : null;
    }

    private void Drop()
    {
        if (!_ranker.DropsBefore(Layer))
        {
            return;
        }

        var begun = Stopwatch.GetTimestamp();
        using var scope = torch.NewDisposeScope();
        var best = _ranker.Pick(Layer, _rows, _scores, Angles()); // (3)
        var reduced = TokenDropper.Drop(_rows, best.Kept); // (4)
        reduced = (best.Weights is { } weights ? reduced.Weigh(weights) : reduced).Detach();
        _rows.Dispose();
        _rows = reduced;
        Note(Layer);
        _ranking += Stopwatch.GetElapsedTime(begun);
    }

    private void RunLayer(bool scored)
    {
        using var scope = torch.NewDisposeScope();
        var tap = _ranker.Tap(Layer, _rows, _raters, scored); // (5)
        if (_rows.LogWeights is { } weights)
        {
            _cache[Layer].Weigh(weights);
        }

        var hidden = _model.RunLayer(Layer, _rows.Hidden, Angles(), _cache[Layer], tap).DetachFromDisposeScope(); // [S, C]
        _rows.Hidden.Dispose();
        _rows = _rows with { Hidden = hidden };
        _scores?.Dispose();
        _scores = tap?.Take();
        _ranking += tap?.Elapsed ?? TimeSpan.Zero;
        _applied.Add(_rows.VisionCount);
        RequireLength(); // (6)
    }

    private RotaryAngles Angles() => _plan.Positions == PositionMode.Renumber
        ? _model.Rotary.Range(0, _rows.Count)
        : _model.Rotary.At(_rows.Positions);

    private void RequireLength()
    {
        var planned = _plan.Counts[Layer] + _facts.TextRows;
        if (_cache[Layer].Length != planned)
        {
            throw new InvalidOperationException($"Layer {Layer} holds {_cache[Layer].Length} rows of KV where plan and text make {planned}.");
        }
    }

    private void Note(int layer)
    {
        if (_kept is not null)
        {
            _kept[layer] = _rows.VisionIds.clone().DetachFromDisposeScope();
        }
    }

    private ImmutableSortedDictionary<int, ImmutableArray<int>> Report() =>
        _kept is null
            ? ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty
            : _kept.ToImmutableSortedDictionary(
                pair => pair.Key,
                pair => pair.Value.ToInt64Array().Select(id => (int)id).ToImmutableArray());
}
