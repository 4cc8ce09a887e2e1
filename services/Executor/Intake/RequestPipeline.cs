using System.Threading.Channels;
using Fovea.Contracts.V1;
using Fovea.Executor.Overload;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;
using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>Serves one request from its message to its last token.</summary>
/// <remarks>
/// <code>
/// (1) Received     everything is validated at once; images only by their headers
/// (2) Admitted     a place to run is there; a full queue or a wait beyond the deadline refuses
///         |------------------------------|
/// (3) Planned  scheduler, or snapshot   (4) Encoded  decode, preprocess on the pool; vision encoder on the inference thread
///         |------------------------------|
///                  room for the KV cache is there
/// (5) Prefilled    the engine has the prompt in its KV cache, vision tokens dropped by the plan
/// (6) FirstToken   deltas stream as tokens come
/// (7) Completed    done, with what was really applied
/// </code>
/// Whatever ends a request early (fault, deadline, cancel, lost client) ends its work in the engine before its place is given back.
/// </remarks>
internal sealed class RequestPipeline
{
    private readonly RequestValidator _validator;
    private readonly LoadControl _load;
    private readonly PlanClient _plans;
    private readonly ImagePipeline _images;
    private readonly AnswerTelemetry _telemetry;

    /// <summary>Joins the stages.</summary>
    public RequestPipeline(
        RequestValidator validator, LoadControl load, PlanClient plans, ImagePipeline images, AnswerTelemetry telemetry)
    {
        _validator = validator;
        _load = load;
        _plans = plans;
        _images = images;
        _telemetry = telemetry;
    }

    /// <summary>Serves the request; events go to <paramref name="responses"/>.</summary>
    /// <param name="call">The request.</param>
    /// <param name="model">The model that serves it to the end.</param>
    /// <param name="responses">The caller's stream.</param>
    /// <param name="entry">Notes the stages and the plan, and fires when the call ends: deadline, cancel, or lost client.</param>
    public async Task RunAsync(RequestCall call, ServedModel model, IServerStreamWriter<GenerateEvent> responses, RequestEntry entry)
    {
        var timeline = entry.Timeline;
        var request = _validator.Check(call, model); // 1
        call.SpendVisionTokens(request.Prompt.VisionTokens);
        using var place = await _load.EnterAsync(call.Deadline, entry.Ends).ConfigureAwait(false); // 2
        timeline.Mark(RequestStage.Admitted);
        _telemetry.Admitted(timeline);

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(entry.Ends);
        var encoding = EncodeAsync(request, model, timeline, ends.Token); // 4, runs beside 3
        PinnedPlan plan;
        IDisposable memory;
        try
        {
            plan = await PlanAsync(call, request, model, encoding, ends.Token).ConfigureAwait(false); // 3
            entry.Pin(plan);
            PlanFit.RequirePlaces(plan.Plan, request.Prompt);
            var cost = PlannedCost.Of(model.Profile.Shape, plan.Plan, request.Prompt, request.Sampling.MaxTokens);
            _load.Admit(plan, cost);
            timeline.Mark(RequestStage.Planned);
            var admitted = AnswerEvents.Admitted(request.RequestId, _telemetry.ExecutorId, plan);
            await responses.WriteAsync(admitted, ends.Token).ConfigureAwait(false);
            memory = await _load.ReserveAsync(cost.KvBytes, ends.Token).ConfigureAwait(false);
        }
        catch
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await DiscardAsync(encoding).ConfigureAwait(false);
            throw;
        }

        using var held = memory;
        var features = await encoding.ConfigureAwait(false);
        var answer = new Answer(request, model, plan, timeline, _telemetry);
        var events = Start(answer, features, ends.Token);
        try
        {
            await answer.StreamAsync(events, responses, ends.Token).ConfigureAwait(false); // 5, 6, 7
            place.Served();
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await DrainAsync(events).ConfigureAwait(false);
        }
    }

    private async Task<VisionFeatures> EncodeAsync(
        AcceptedRequest request, ServedModel model, StageTimeline timeline, CancellationToken cancellationToken)
    {
        var images = await _images.PrepareAsync(request.Images, model.Front, cancellationToken).ConfigureAwait(false);
        var features = await model.Engine.EncodeImagesAsync(images, cancellationToken).ConfigureAwait(false);
        timeline.Mark(RequestStage.Encoded);
        return features;
    }

    private async Task<PinnedPlan> PlanAsync(
        RequestCall call, AcceptedRequest request, ServedModel model, Task meanwhile, CancellationToken cancellationToken)
    {
        var descriptor = PlanDescriptors.Of(request, model.Profile);
        descriptor.DeadlineMs = _telemetry.MillisecondsUntil(call.Deadline);
        _load.Describe(descriptor);
        PinnedPlan plan;
        try
        {
            plan = await _plans.GetPlanAsync(descriptor, model.Profile, meanwhile, cancellationToken).ConfigureAwait(false);
        }
        catch (PlanRefusedException refused)
        {
            _telemetry.Refused(refused, descriptor, model.Profile);
            throw;
        }

        if (plan.IsStale && request.RefuseStale)
        {
            throw new RequestRefusedException(
                RefusalReason.StalePlan,
                $"The scheduler did not answer, and the request refuses a plan made here from a snapshot that is {plan.StaleFor} old.",
                TimeSpan.FromSeconds(1));
        }

        return plan;
    }

    private static ChannelReader<GenerationEvent> Start(Answer answer, VisionFeatures features, CancellationToken cancellationToken)
    {
        try
        {
            return answer.Start(features, cancellationToken);
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the engine has let go of the job: a channel with unread events does not complete.</summary>
    private static async Task DrainAsync(ChannelReader<GenerationEvent> events)
    {
        try
        {
            while (await events.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (events.TryRead(out _))
                {
                    // Nobody wants it any more.
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // How the job ended has been told already, or is of no more interest.
        }
    }

    private static async Task DiscardAsync(Task<VisionFeatures> encoding)
    {
        await ((Task)encoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (encoding.IsCompletedSuccessfully)
        {
            encoding.Result.Dispose();
        }
    }
}
