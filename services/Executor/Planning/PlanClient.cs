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
    /// <param name="meanwhile">Work without which the plan is of no use: until it ends, waiting longer costs nothing.</param>
    /// <param name="cancellationToken">Ends the wait with the request.</param>
    /// <exception cref="PlanRefusedException">The request gets no plan.</exception>
    /// <exception cref="PlanMisfitException">The plan that came does not fit the model or the prompt.</exception>
    /// <exception cref="OperationCanceledException">The request ended.</exception>
    public async Task<PinnedPlan> GetPlanAsync(
        PlanDescriptor descriptor, ModelProfile model, Task meanwhile, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(descriptor, meanwhile, cancellationToken).ConfigureAwait(false);
        var plan = answer is null ? _local.Resolve(descriptor, model) : Read(answer, descriptor, model);
        _metrics.Planned(plan.Source);
        return plan;
    }

    /// <summary>Gives the scheduler's answer, or null when there is none in time.</summary>
    private async Task<PlanStreamResponse?> AskAsync(PlanDescriptor descriptor, Task meanwhile, CancellationToken cancellationToken)
    {
        using var pending = _stream.TryAsk(descriptor);
        if (pending is null)
        {
            return null;
        }

        var timeout = Task.WhenAll(Task.Delay(_timeout, _time, cancellationToken), meanwhile);
        await Task.WhenAny(pending.Answer, timeout).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (pending.Answer.IsCompletedSuccessfully)
        {
            return pending.Answer.Result;
        }

        PlanningLog.PlanLate(_logger, descriptor.RequestId, _timeout);
        return null;
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
        try
        {
            PlanFit.Require(plan, model, descriptor.ImageTokens);
        }
        catch (PlanMisfitException misfit)
        {
            throw new PlanMisfitException(misfit.Message) { Provenance = message.Provenance };
        }

        return new PinnedPlan(plan.Require(), message, PlanSources.Scheduler, StaleFor: null);
    }
}
