using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
using Grpc.Core;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Planning;

/// <summary>Gets the keep plan of a request: from the scheduler, or by the same rules from the last good snapshot.</summary>
/// <remarks>
/// <code>
/// scheduler answers in time        its plan, or its refusal
/// scheduler away or late           snapshot held: the same plan made here, stale    none held: everything kept, fallback
/// </code>
/// </remarks>
internal sealed class PlanClient
{
    private readonly PlanStream _stream;
    private readonly LocalPlanner _local;
    private readonly ExecutorMetrics _metrics;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger<PlanClient> _logger;

    /// <summary>Asks <paramref name="stream"/> first and <paramref name="local"/> when it does not answer.</summary>
    public PlanClient(
        PlanStream stream,
        LocalPlanner local,
        ExecutorMetrics metrics,
        PlanTiming timing,
        ILogger<PlanClient> logger)
    {
        _stream = stream;
        _local = local;
        _metrics = metrics;
        _timeout = timing.Timeout;
        _time = timing.Time;
        _logger = logger;
    }

    /// <summary>Fixes the plan of a request.</summary>
    /// <param name="descriptor">The request, without user data.</param>
    /// <param name="model">The loaded model.</param>
    /// <param name="cancellationToken">Ends the wait with the request.</param>
    /// <exception cref="PlanRefusedException">The request gets no plan.</exception>
    /// <exception cref="PlanMisfitException">The plan that came does not fit the model or the prompt.</exception>
    /// <exception cref="OperationCanceledException">The request ended.</exception>
    public async Task<PinnedPlan> GetPlanAsync(PlanDescriptor descriptor, ModelProfile model, CancellationToken cancellationToken)
    {
        var plan = await AskAsync(descriptor, model, cancellationToken).ConfigureAwait(false) ?? _local.Resolve(descriptor, model);
        _metrics.Planned(plan.Source);
        return plan;
    }

    private async Task<PinnedPlan?> AskAsync(PlanDescriptor descriptor, ModelProfile model, CancellationToken cancellationToken)
    {
        using var pending = _stream.TryAsk(descriptor);
        if (pending is null)
        {
            return null;
        }

        try
        {
            var answer = await pending.Answer.WaitAsync(_timeout, _time, cancellationToken).ConfigureAwait(false);
            return answer is null ? null : Read(answer, descriptor, model);
        }
        catch (TimeoutException)
        {
            PlanningLog.PlanLate(_logger, descriptor.RequestId, _timeout);
            return null;
        }
    }

    private static PinnedPlan Read(PlanStreamResponse answer, PlanDescriptor descriptor, ModelProfile model)
    {
        if (answer.Error is { } error)
        {
            throw new PlanRefusedException((StatusCode)error.Code, error.Message, error.Faults);
        }

        var message = answer.Plan;
        message.RequestId = descriptor.RequestId;
        var plan = PlanMapping.ToDomain(message);
        PlanFit.Require(plan, model, descriptor.ImageTokens.Sum());
        return new PinnedPlan(plan.Require(), message, PlanSources.Scheduler, StaleFor: null);
    }
}
