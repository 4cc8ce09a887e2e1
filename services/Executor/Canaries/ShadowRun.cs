using System.Collections.Immutable;
using System.Threading.Channels;
using Fovea.Executor.Decode;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Canaries;

/// <summary>Answers a served request a second time, greedily, by another plan and in steps: the encoder, the prefill, each token.</summary>
/// <remarks>
/// The steps are those of a served generation, so equal plans give equal tokens. Steps belong to the inference thread, one at a time;
/// once that thread has ended, <see cref="Abandon"/> may be called by any.
/// </remarks>
internal sealed class ShadowRun
{
    private readonly Channel<GenerationEvent> _events = Channel.CreateUnbounded<GenerationEvent>();
    private readonly ServedAnswer _served;
    private readonly KeepPlan _plan;
    private readonly int _length;
    private readonly TimeProvider _time;
    private GenerationSession? _session;

    /// <summary>Prepares the run; nothing runs yet.</summary>
    /// <param name="served">The request and its answer.</param>
    /// <param name="plan">The plan to run by.</param>
    /// <param name="length">Most tokens, an end included.</param>
    /// <param name="time">Clock.</param>
    public ShadowRun(ServedAnswer served, KeepPlan plan, int length, TimeProvider time)
    {
        _served = served;
        _plan = plan;
        _length = length;
        _time = time;
    }

    /// <summary>Runs the vision encoder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">Preprocessed images, in prompt order.</param>
    /// <param name="cancellationToken">Ends this step and every later one within one layer.</param>
    /// <returns>True: there is more to do.</returns>
    public bool Begin(LoadedModel model, IReadOnlyList<PixelValues> images, CancellationToken cancellationToken)
    {
        var features = new VisionFeatures(ImageFeatures.Encode(model, images, cancellationToken), static tensor => tensor.Dispose());
        _session = new GenerationSession(model, Job(features), _events.Writer, _time, cancellationToken);
        return true;
    }

    /// <summary>Runs the prefill, or the next token; false when the run has ended, whichever way.</summary>
    public bool Advance() => _session!.Advance();

    /// <summary>Ends the run and frees what it holds.</summary>
    public void Abandon() => _session?.Cancel();

    /// <summary>Gives the tokens of a run that has ended, with <see cref="Agreement.End"/> where the model ended it.</summary>
    public async Task<ImmutableArray<int>> TokensAsync()
    {
        var tokens = ImmutableArray.CreateBuilder<int>();
        await foreach (var item in _events.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (item is TokenGenerated token)
            {
                tokens.Add(token.Id);
            }
            else if (item is GenerationFinished { Reason: FinishReason.Eos })
            {
                tokens.Add(Agreement.End);
            }
        }

        return tokens.ToImmutable();
    }

    private GenerationJob Job(VisionFeatures features) => new(
        _served.Request.Prompt,
        features,
        _plan,
        new SamplingOptions { MaxTokens = _length },
        _served.Request.IgnoreEos ? [] : _served.Model.EosIds,
        ReportKept: false);
}
