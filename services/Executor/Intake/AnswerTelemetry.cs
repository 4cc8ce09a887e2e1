using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Intake;

/// <summary>Records what happens to a request, in metrics and in the log.</summary>
internal sealed class AnswerTelemetry
{
    private readonly ExecutorMetrics _metrics;
    private readonly CanaryDesk _canaries;
    private readonly TimeProvider _time;
    private readonly ILogger<AnswerTelemetry> _logger;

    /// <summary>Records under the executor's name.</summary>
    public AnswerTelemetry(
        ExecutorName name, ExecutorMetrics metrics, CanaryDesk canaries, TimeProvider time, ILogger<AnswerTelemetry> logger)
    {
        ExecutorId = name.Id;
        _metrics = metrics;
        _canaries = canaries;
        _time = time;
        _logger = logger;
    }

    /// <summary>Name of this executor.</summary>
    public string ExecutorId { get; }

    /// <summary>Whole milliseconds until a time, at least 1; 0 for never.</summary>
    public long MillisecondsUntil(DateTime deadline) =>
        deadline == DateTime.MaxValue ? 0 : Math.Max(1, (long)(deadline - _time.GetUtcNow().UtcDateTime).TotalMilliseconds);

    /// <summary>Records that a place to run is there.</summary>
    public void Admitted(StageTimeline timeline) => _metrics.Queued(timeline.At(RequestStage.Admitted)!.Value);

    /// <summary>Records a prefill.</summary>
    public void Prefilled(PrefillFigures figures) => _metrics.Prefilled(figures);

    /// <summary>Records a token.</summary>
    /// <param name="timeline">The request's clock.</param>
    /// <param name="sinceLast">Time since the token before; null for the first.</param>
    public void Token(StageTimeline timeline, TimeSpan? sinceLast)
    {
        if (sinceLast is { } gap)
        {
            _metrics.NextToken(gap);
        }
        else
        {
            _metrics.FirstToken(timeline.At(RequestStage.FirstToken)!.Value);
        }
    }

    /// <summary>Records a whole answer.</summary>
    public void Completed(Answer answer, StageTimeline timeline)
    {
        _metrics.Answered(timeline.Elapsed, timeline.Between(RequestStage.FirstToken, RequestStage.Completed));
        IntakeLog.Completed(_logger, answer.RequestId, answer.Digest, answer.Tokens, timeline.Elapsed.TotalSeconds);
        _canaries.Served(answer.ToServed());
    }

    /// <summary>Notes which version's rules alone refuse a request, if any.</summary>
    public void Refused(PlanRefusedException refused, PlanDescriptor descriptor, ModelProfile model) =>
        refused.Provenance = _canaries.RefusedBy(descriptor, model);

    /// <summary>Records the end of a request under the policy version that its plan was made by, or refused by.</summary>
    /// <param name="provenance">What the plan was made from, or what refused it; null when neither is known.</param>
    /// <param name="outcome">How it ended; null when that says nothing of the policy.</param>
    /// <param name="timeline">The request's clock.</param>
    public void EndedUnder(Provenance? provenance, RequestOutcome? outcome, StageTimeline timeline) =>
        _canaries.Ended(provenance, outcome, timeline);

    /// <summary>Records how a request ended without a whole answer.</summary>
    public void Ended(string requestId, Refusal refusal, Exception cause)
    {
        if (refusal.Outcome == RequestOutcome.Failed)
        {
            IntakeLog.Failed(_logger, requestId, cause);
        }
        else
        {
            IntakeLog.Ended(_logger, requestId, refusal.Status.StatusCode, refusal.Status.Detail);
        }
    }
}
