using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>Runs trials and keeps what later ones can use: image features, the full model's answers, prompts at a layer.</summary>
/// <remarks>
/// Each sample is run alone, so its outcome depends on nothing but the candidate; what is reused was computed by the same operations,
/// so that outcomes with and without reuse are equal in every bit. Inference thread only; dispose it after that thread has ended.
/// <code>
/// (1) features of the image, from the cache or the encoder
/// (2) the full model's answer and logits, when agreement or divergence is asked
/// (3) the prompt: from a kept prefix that the candidate shares, or from layer 0; a copy is kept at shared_layers
/// (4) divergence and likelihood from the prompt's logits and one step more; the greedy answer; each leaves the cache as it was
/// (5) the deeper prefix takes the place of the one before
/// </code>
/// </remarks>
internal sealed class TrialDesk : IDisposable
{
    private readonly ByteCache<ImageKey, Tensor> _features;
    private readonly ByteCache<SampleKey, FullReference> _references;
    private readonly ByteCache<SampleKey, Prefix> _prefixes;

    /// <summary>Keeps as much as the options allow.</summary>
    public TrialDesk(CalibrationOptions options)
    {
        _features = new ByteCache<ImageKey, Tensor>(options.FeatureCacheBytes);
        _references = new ByteCache<SampleKey, FullReference>(options.ReferenceCacheBytes);
        _prefixes = new ByteCache<SampleKey, Prefix>(options.PrefixCacheBytes);
    }

    /// <summary>Bytes of prompts kept at a layer.</summary>
    public long PrefixBytes => _prefixes.Bytes;

    /// <summary>Runs one trial.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">Candidate and sample.</param>
    /// <param name="text">Tokenizer, and the ids that end an answer.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>The outcome; null where the image's features are not cached and its pixels were not given.</returns>
    /// <exception cref="ArgumentException">The candidate does not fit the sample; every fault is named.</exception>
    public TrialOutcome? Run(LoadedModel model, TrialRequest request, TrialText text, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var sample = request.Sample;
        if (Features(model, sample, request.Pixels, cancellationToken) is not { } features) // (1)
        {
            return null;
        }

        var plan = TrialPlans.Of(request.Schedule, sample, model.Profile);
        var probe = new AnswerProbe(model.Language, text.EosIds);
        var compares = (request.Metrics & (TrialMetrics.Agreement | TrialMetrics.Kl)) != TrialMetrics.None;
        var extra = compares && _references.Find(sample.Key) is null ? plan.Layers : 0;
        var reference = compares ? Reference(model, sample, features, (probe, text), cancellationToken) : null; // (2)
        var kept = request.Plain ? null : _prefixes.Find(sample.Key);
        var from = kept is not null && kept.Serves(plan) ? kept : null;
        using var run = from is null ? PromptRun.Begin(model, sample, features, plan) : PromptRun.Continue(model, sample, from, plan); // (3)
        if (!request.Plain)
        {
            run.PauseAt(Math.Min(request.Schedule.SharedLayers, plan.Layers - 1), cancellationToken);
        }

        run.Finish(cancellationToken);
        var outcome = new TrialOutcome(plan, run.Forwards, run.Forwards + extra);
        outcome = Judge(outcome, request, reference, (run, probe, text), cancellationToken); // (4)
        if (run.TakePrefix() is { } deeper) // (5)
        {
            _prefixes.Put(sample.Key, deeper, deeper.Bytes);
        }

        return outcome;
    }

    /// <summary>Returns the scores of every layer under a full plan; null where features are missing and pixels were not given.</summary>
    /// <returns>[L][V], on the host.</returns>
    public float[][]? Study(LoadedModel model, Sample sample, (TokenScorer Scorer, PixelValues? Pixels) asked, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        if (Features(model, sample, asked.Pixels, cancellationToken) is not { } features)
        {
            return null;
        }

        // The next layer's own last row is what a last-row tap of that layer sees.
        var scorer = asked.Scorer == TokenScorer.NextLast ? TokenScorer.Last : asked.Scorer;
        using var run = PromptRun.Begin(model, sample, features, TrialPlans.Full(sample, model.Profile) with { Scorer = scorer });
        return run.ScoresOfAllLayers(cancellationToken);
    }

    /// <summary>Gives up everything of one set.</summary>
    public void Forget(string set)
    {
        _features.DropAll(key => key.Set == set);
        _references.DropAll(key => key.Set == set);
        _prefixes.DropAll(key => key.Set == set);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.Dispose();
        _references.Dispose();
        _prefixes.Dispose();
    }

    private static TrialOutcome Judge(
        TrialOutcome outcome,
        TrialRequest request,
        FullReference? reference,
        (PromptRun Run, AnswerProbe Probe, TrialText Text) asked,
        CancellationToken cancellationToken)
    {
        var (run, probe, text) = asked;
        var (metrics, sample) = (request.Metrics, request.Sample);
        if (metrics.HasFlag(TrialMetrics.Kl))
        {
            outcome = outcome with { Kl = Distributions.Divergence(reference!.Logits, run.Logits) };
        }

        if (metrics.HasFlag(TrialMetrics.Nll))
        {
            outcome = outcome with { Nll = probe.Likelihood(run, sample.Expected, cancellationToken) };
        }

        if ((metrics & (TrialMetrics.Accuracy | TrialMetrics.Agreement)) == TrialMetrics.None)
        {
            return outcome;
        }

        var watch = new AnswerWatch(
            text.Tokenizer.StartDecoding(skipSpecialTokens: true),
            metrics.HasFlag(TrialMetrics.Accuracy) ? sample.Answer : null,
            metrics.HasFlag(TrialMetrics.Agreement) ? reference!.Ids : null);
        probe.Generate(run, watch, sample.MaxTokens, whole: false, cancellationToken);
        return outcome with { Correct = watch.Correct, Agrees = watch.Agrees, Text = watch.Text };
    }

    private Tensor? Features(LoadedModel model, Sample sample, PixelValues? pixels, CancellationToken cancellationToken)
    {
        if (_features.Find(sample.Image) is { } known)
        {
            return known;
        }

        if (pixels is null)
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        var vision = model.Vision ?? throw new ArgumentException("The model has no vision encoder.", nameof(model));
        var made = vision.Encode(PixelTensor.Of(pixels, model.Language), cancellationToken).MoveToOuterDisposeScope(); // [V, C]
        var kept = made.clone().DetachFromDisposeScope();
        _features.Put(sample.Image, kept, kept.nbytes);
        return made;
    }

    private FullReference Reference(
        LoadedModel model, Sample sample, Tensor features, (AnswerProbe Probe, TrialText Text) asked, CancellationToken cancellationToken)
    {
        if (_references.Find(sample.Key) is { } known)
        {
            return known;
        }

        using var run = PromptRun.Begin(model, sample, features, TrialPlans.Full(sample, model.Profile));
        run.Finish(cancellationToken);
        var watch = new AnswerWatch(asked.Text.Tokenizer.StartDecoding(skipSpecialTokens: true), expected: null, reference: null);
        asked.Probe.Generate(run, watch, sample.MaxTokens, whole: true, cancellationToken);
        var reference = new FullReference(watch.Ids, run.Logits);
        _references.Put(sample.Key, reference, reference.Bytes);
        return reference;
    }
}
