using System.Collections.Immutable;
using System.Threading.Channels;
using Fovea.Executor.Cache;
using Fovea.Executor.Decode;
using Fovea.Executor.Prefill;
using Fovea.Torch;

namespace Fovea.Executor.Runtime;

/// <summary>One generation on the inference thread: its first step is the prefill, each later one a token.</summary>
internal sealed class GenerationSession
{
    private readonly LoadedModel _model;
    private readonly GenerationJob _job;
    private readonly ChannelWriter<GenerationEvent> _events;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly TokenSampler _sampler;
    private KvCache? _cache;
    private int _nextPosition;
    private int _generated;
    private int _last;

    /// <summary>Prepares a session; nothing runs yet.</summary>
    public GenerationSession(
        LoadedModel model, GenerationJob job, ChannelWriter<GenerationEvent> events, TimeProvider time, CancellationToken cancellationToken)
    {
        _model = model;
        _job = job;
        _events = events;
        _time = time;
        _cancellationToken = cancellationToken;
        _sampler = new TokenSampler(job.Sampling);
    }

    /// <summary>Bytes of KV cache held; stays at its value after the end, for the books.</summary>
    public long KvBytes { get; private set; }

    /// <summary>Whether the caller is gone.</summary>
    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    /// <summary>Runs one step.</summary>
    /// <returns>False when the session has ended, whichever way; everything it held is then freed.</returns>
    public bool Advance()
    {
        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var reason = _cache is null ? Begin() : Continue();
            if (reason is null)
            {
                return true;
            }

            _events.TryWrite(new GenerationFinished(reason.Value));
            End(null);
        }
        catch (Exception error)
        {
            End(error);
        }

        return false;
    }

    /// <summary>Ends the session because its caller is gone.</summary>
    public void Cancel() => End(new OperationCanceledException(_cancellationToken));

    /// <summary>Ends the session with an error.</summary>
    public void Fail(Exception error) => End(error);

    private FinishReason? Begin()
    {
        var begun = _time.GetTimestamp();
        var text = _job.Prompt.InputIds.Length - _job.Plan.VisionTokens;
        var (shape, language) = (_model.Language.Shape, _model.Language);
        _cache = KvCache.Allocate(shape, _job.Plan, text + _job.Sampling.MaxTokens, language.DType, language.Device);
        KvBytes = _cache.Bytes;
        using var scope = torch.NewDisposeScope();
        var embeddings = PromptEmbedder.Embed(language, _job.Prompt.InputIds, _job.Prompt.FeatureSpans, _job.Features?.Tensor); // [S, C]
        _job.Features?.Dispose();
        var input = PrefillInput.Of(embeddings, _job.Prompt, _job.Plan) with { ReportKept = NotesKept };
        using var result = new PrefillRunner(language).Run(input, _cache, _cancellationToken);
        _nextPosition = result.NextPosition;
        var logits = result.Logits.ToSingleArray(); // waits for the device, so the prefill's time is whole
        _events.TryWrite(Completed(_time.GetElapsedTime(begun), result));
        return Choose(logits);
    }

    /// <summary>Whether survivors are noted at each drop: for the caller, or to tell several images apart.</summary>
    private bool NotesKept => _job.ReportKept || (_job.Prompt.ImageVisionTokens.Length > 1 && !_job.Plan.IsFull);

    private PrefillCompleted Completed(TimeSpan duration, PrefillResult result)
    {
        var nothing = ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty;
        return new PrefillCompleted(duration, result.AppliedCounts, KvBytes, _job.ReportKept ? result.Kept : nothing)
        {
            ImageCounts = _job.Prompt.ImageVisionTokens.Length == 1
                ? [result.AppliedCounts]
                : ImageTally.Of(_job.Prompt.ImageVisionTokens, result.AppliedCounts.Length, result.Kept),
        };
    }

    private FinishReason? Continue()
    {
        using var scope = torch.NewDisposeScope();
        var position = _nextPosition + _generated - 1;
        var step = new DecodeRunner(_model.Language);
        var logits = step.Step(_last, position, _job.Plan.Positions, _cache!, _cancellationToken); // [1, vocabulary]
        return Choose(logits.ToSingleArray());
    }

    private FinishReason? Choose(ReadOnlySpan<float> logits)
    {
        var token = _sampler.Sample(logits);
        if (_job.EosIds.Contains(token.Id))
        {
            return FinishReason.Eos;
        }

        _last = token.Id;
        _generated++;
        _events.TryWrite(new TokenGenerated(
            token.Id,
            (float)(token.LogProb ?? double.NaN),
            [.. token.Alternatives.Select(other => (other.Id, (float)other.LogProb))]));
        return _generated >= _job.Sampling.MaxTokens ? FinishReason.Length : null;
    }

    private void End(Exception? error)
    {
        _job.Features?.Dispose();
        _cache?.Dispose();
        _events.TryComplete(error);
    }
}
