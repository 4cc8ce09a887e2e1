using System.Collections.Immutable;
using System.Threading.Channels;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;
using Fovea.Planning.Costs;
using Grpc.Core;
using CostBreakdown = Fovea.Planning.Costs.CostBreakdown;
using FinishReason = Fovea.Executor.Runtime.FinishReason;

namespace Fovea.Executor.Intake;

/// <summary>One answer: runs the job, turns its tokens into deltas, and reports at the end what was really done.</summary>
/// <remarks>Owned by the request's own flow; not safe for concurrent use.</remarks>
internal sealed class Answer
{
    private readonly AcceptedRequest _request;
    private readonly ServedModel _model;
    private readonly PinnedPlan _plan;
    private readonly StageTimeline _timeline;
    private readonly AnswerTelemetry _telemetry;
    private readonly AnswerText _text;
    private readonly ImmutableArray<int>.Builder _ids = ImmutableArray.CreateBuilder<int>();
    private PrefillCompleted? _prefill;
    private CostBreakdown? _cost;
    private FinishReason _reason;
    private TimeSpan _lastToken;

    /// <summary>Prepares the answer of a request under its plan.</summary>
    public Answer(AcceptedRequest request, ServedModel model, PinnedPlan plan, StageTimeline timeline, AnswerTelemetry telemetry)
    {
        _request = request;
        _model = model;
        _plan = plan;
        _timeline = timeline;
        _telemetry = telemetry;
        _text = new AnswerText(model.Tokenizer, request.Sampling);
    }

    /// <summary>Id of the request.</summary>
    public string RequestId => _request.RequestId;

    /// <summary>Digest of the plan, shortened for people.</summary>
    public string Digest => _plan.Plan.Digest.Short;

    /// <summary>Tokens generated so far.</summary>
    public int Tokens => _ids.Count;

    /// <summary>Queues the job.</summary>
    /// <param name="features">Features of all images; the engine's from now on.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    public ChannelReader<GenerationEvent> Start(VisionFeatures features, CancellationToken cancellationToken) => _model.Engine.Generate(
        new GenerationJob(
            _request.Prompt,
            features,
            _plan.Plan,
            _request.Sampling,
            _request.IgnoreEos ? [] : _model.EosIds,
            _request.ReportKept),
        cancellationToken);

    /// <summary>Streams deltas as tokens come, and then what was done.</summary>
    /// <exception cref="InvalidOperationException">The engine ended without saying why.</exception>
    public async Task StreamAsync(
        ChannelReader<GenerationEvent> events, IServerStreamWriter<GenerateEvent> responses, CancellationToken ends)
    {
        var reason = await ReadAsync(events, responses, ends).ConfigureAwait(false);
        if (_text.Finish() is { } last)
        {
            await responses.WriteAsync(new GenerateEvent { Delta = last }, ends).ConfigureAwait(false);
        }

        _timeline.Mark(RequestStage.Completed);
        _reason = _text.Stopped ? FinishReason.Stop : reason;
        var done = new GenerateEvent { Done = Done(_reason) };
        await responses.WriteAsync(done, ends).ConfigureAwait(false);
        _telemetry.Completed(this, _timeline);
    }

    /// <summary>Gives the answer as it was sent, once it was.</summary>
    public ServedAnswer ToServed() => new(_request, _model, _plan, _ids.ToImmutable(), _reason);

    private async Task<FinishReason> ReadAsync(
        ChannelReader<GenerationEvent> events, IServerStreamWriter<GenerateEvent> responses, CancellationToken ends)
    {
        await foreach (var item in events.ReadAllAsync(ends).ConfigureAwait(false))
        {
            switch (item)
            {
                case PrefillCompleted prefill:
                    Prefilled(prefill);
                    break;
                case TokenGenerated token:
                    Noted(token.Id);
                    if (_text.Push(token) is { } delta)
                    {
                        await responses.WriteAsync(new GenerateEvent { Delta = delta }, ends).ConfigureAwait(false);
                    }

                    if (_text.Stopped)
                    {
                        return FinishReason.Stop;
                    }

                    break;
                case GenerationFinished finished:
                    return finished.Reason;
            }
        }

        throw new InvalidOperationException("The engine ended the job without an end event.");
    }

    private TokenLayout Layout => PlannedCost.Layout(_plan.Plan, _request.Prompt);

    private void Prefilled(PrefillCompleted prefill)
    {
        _timeline.Mark(RequestStage.Prefilled);
        _prefill = prefill;
        _cost = CostModel.Evaluate(_model.Profile.Shape, prefill.AppliedCounts.AsSpan(), Layout, CostAccounting.Executed);
        var visionTokens = _request.Prompt.VisionTokens;
        _telemetry.Prefilled(new PrefillFigures(
            _request.Prompt.InputIds.Length,
            visionTokens - prefill.AppliedCounts[^1],
            CostModel.MeanKeep(prefill.AppliedCounts.AsSpan(), visionTokens),
            prefill.Duration)
        {
            Flops = _cost.Total,
            Busy = _model.Engine.BusyTime,
        });
    }

    private void Noted(int id)
    {
        _ids.Add(id);
        var first = Tokens == 1;
        if (first)
        {
            _timeline.Mark(RequestStage.FirstToken);
        }

        var now = _timeline.Elapsed;
        _telemetry.Token(_timeline, first ? null : now - _lastToken);
        _lastToken = now;
    }

    private Done Done(FinishReason reason)
    {
        if (_prefill is not { } prefill || _cost is not { } cost)
        {
            throw new InvalidOperationException("The engine ended the job without a prefill.");
        }

        var full = CostModel.EvaluateFull(_model.Profile.Shape, Layout, CostAccounting.Executed);
        var provenance = _plan.Message.Provenance ?? new Provenance();
        var done = new Done
        {
            RequestId = RequestId,
            FinishReason = AnswerEvents.Reason(reason),
            Text = _text.Whole,
            Usage = new Usage
            {
                PromptTokens = _request.Prompt.InputIds.Length,
                VisionTokens = _request.Prompt.VisionTokens,
                CompletionTokens = Tokens,
            },
            Times = AnswerEvents.Times(_timeline, prefill.Duration),
            PrefillFlops = cost.LanguageFlops,
            FullPrefillFlops = full.LanguageFlops,
            KvBytes = cost.KvBytes,
            FullKvBytes = full.KvBytes,
            PlanDigest = _plan.Plan.Digest.Hex,
            Epoch = provenance.Epoch,
            Revision = provenance.Revision,
            Stale = _plan.IsStale,
            OverloadTier = _plan.OverloadTier,
        };
        done.AppliedCounts.AddRange(prefill.AppliedCounts);
        done.AppliedImageCounts.AddRange(ScopeMapping.ToProto(prefill.ImageCounts));
        foreach (var (layer, indices) in prefill.Kept)
        {
            var kept = new KeptTokens { Layer = layer };
            kept.Indices.AddRange(indices);
            done.Kept.Add(kept);
        }

        return done;
    }
}
