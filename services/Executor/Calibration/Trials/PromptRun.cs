using System.Collections.Immutable;
using Fovea.Executor.Cache;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>Runs one sample's prompt by one plan, from the first layer or from where a kept one paused.</summary>
/// <remarks>
/// Answers may be appended to its cache and cut off again by <see cref="Rewind"/>; a prefix that it began from is whole again once
/// the run is disposed. Inference thread only.
/// </remarks>
internal sealed class PromptRun : IDisposable
{
    private readonly Prefix? _from;
    private readonly PrefillState _state;
    private PrefillCheckpoint? _checkpoint;
    private ImmutableArray<int> _lengths;

    private PromptRun(KeepPlan plan, KvCache cache, PrefillState state, Prefix? from)
    {
        Plan = plan;
        Cache = cache;
        _state = state;
        _from = from;
    }

    /// <summary>The plan.</summary>
    public KeepPlan Plan { get; }

    /// <summary>The cache: borrowed.</summary>
    public KvCache Cache { get; }

    /// <summary>Layers that run now.</summary>
    public int Forwards => Plan.Layers - (_from?.Depth ?? 0);

    /// <summary>Logits of the first token of the answer, on the host; empty before <see cref="Finish"/>.</summary>
    public float[] Logits { get; private set; } = [];

    /// <summary>Position id of that token.</summary>
    public int NextPosition { get; private set; }

    /// <summary>Begins with the first layer.</summary>
    /// <param name="model">Runs it.</param>
    /// <param name="sample">The prompt.</param>
    /// <param name="features">Borrowed [V, C].</param>
    /// <param name="plan">How many vision tokens each layer keeps.</param>
    public static PromptRun Begin(LoadedModel model, Sample sample, Tensor features, KeepPlan plan)
    {
        using var scope = torch.NewDisposeScope();
        var language = model.Language;
        var embeddings = PromptEmbedder.Embed(language, sample.Prompt.InputIds, sample.Prompt.FeatureSpans, features); // [S, C]
        var input = PrefillInput.Of(embeddings, sample.Prompt, plan);
        PrefillGuard.Require(input, language.Shape);
        var cache = KvCache.Allocate(language.Shape, plan, sample.TextAndAnswer, language.DType, language.Device);
        return new PromptRun(plan, cache, new PrefillState(language, input, cache), from: null);
    }

    /// <summary>Goes on from a kept prompt.</summary>
    /// <param name="model">Runs it.</param>
    /// <param name="sample">The prompt.</param>
    /// <param name="prefix">Borrowed: one that serves the plan.</param>
    /// <param name="plan">How many vision tokens each layer keeps.</param>
    public static PromptRun Continue(LoadedModel model, Sample sample, Prefix prefix, KeepPlan plan)
    {
        var language = model.Language;
        var cache = KvCache.Continue(prefix.Layers, language.Shape, plan, sample.TextAndAnswer, (language.DType, language.Device));
        return new PromptRun(plan, cache, new PrefillState(language, plan, prefix.Checkpoint, cache), prefix);
    }

    /// <summary>Runs to a layer and keeps a copy of what enters it; nothing happens where the run is past it.</summary>
    public void PauseAt(int layer, CancellationToken cancellationToken)
    {
        if (layer > _state.Layer)
        {
            _state.RunTo(layer, scored: true, cancellationToken);
            _checkpoint = _state.Pause();
        }
    }

    /// <summary>Runs to the end of the prompt.</summary>
    public void Finish(CancellationToken cancellationToken)
    {
        using var result = _state.Finish(cancellationToken);
        Logits = result.Logits.ToSingleArray();
        NextPosition = result.NextPosition;
        _lengths = Cache.Lengths();
    }

    /// <summary>Runs layer by layer with every one scored, and brings the scores to the host at the end.</summary>
    /// <returns>[L][V].</returns>
    public float[][] ScoresOfAllLayers(CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var scores = new List<Tensor>();
        while (_state.Layer < Plan.Layers)
        {
            _state.RunTo(_state.Layer + 1, scored: true, cancellationToken);
            scores.Add((_state.Scores ?? throw new InvalidOperationException("The scorer reads no attention.")).clone()); // [V]
        }

        return [.. scores.Select(layer => layer.ToSingleArray())];
    }

    /// <summary>Cuts everything behind the prompt off the cache.</summary>
    public void Rewind() => Cache.Truncate(_lengths);

    /// <summary>Gives what <see cref="PauseAt"/> kept, with the caches of its layers; null where it kept nothing.</summary>
    /// <remarks>The prefix that the run began from has handed its caches over then, and is the caller's to dispose.</remarks>
    public Prefix? TakePrefix()
    {
        if (_checkpoint is not { } checkpoint)
        {
            return null;
        }

        _checkpoint = null;
        Rewind();
        _from?.HandOver();
        return new Prefix(Plan, checkpoint, Cache.Release(checkpoint.Layer));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A run that broke off has not touched the layers that it began after: only answers are appended there.
        if (!_lengths.IsDefault)
        {
            Rewind();
        }

        _checkpoint?.Dispose();
        _state.Dispose();
        Cache.Dispose();
    }
}
