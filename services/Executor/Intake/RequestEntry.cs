using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;

namespace Fovea.Executor.Intake;

/// <summary>One request in the books.</summary>
internal sealed class RequestEntry : IDisposable
{
    private readonly RequestLedger _ledger;
    private readonly string _requestId;
    private readonly DateTime _deadline;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _ends;
    private Provenance? _provenance;

    /// <summary>Enters the request.</summary>
    public RequestEntry(RequestLedger ledger, string requestId, DateTime deadline, CancellationToken caller)
    {
        _ledger = ledger;
        _requestId = requestId.Length > 0 ? requestId : "(unnamed)";
        _deadline = deadline;
        _caller = caller;
        _ends = CancellationTokenSource.CreateLinkedTokenSource(caller, ledger.Cut.Token);
        Timeline = new StageTimeline(ledger.Time);
    }

    /// <summary>The request's clock.</summary>
    public StageTimeline Timeline { get; }

    /// <summary>Fires when the request must end: deadline, cancel, lost client, or the end of the drain time.</summary>
    public CancellationToken Ends => _ends.Token;

    private bool DeadlinePassed => _deadline != DateTime.MaxValue && _ledger.Time.GetUtcNow().UtcDateTime >= _deadline;

    /// <summary>Ends the request before any work if its deadline is past.</summary>
    public void RequireTime()
    {
        if (DeadlinePassed)
        {
            throw new OperationCanceledException("The deadline had passed on arrival.");
        }
    }

    /// <summary>Notes the one plan that serves the request.</summary>
    public void Pin(PinnedPlan plan) => _provenance = plan.Message.Provenance;

    /// <summary>Counts a whole answer.</summary>
    public void Completed()
    {
        _ledger.Metrics.Ended(RequestOutcome.Completed);
        _ledger.Telemetry.EndedUnder(_provenance, RequestOutcome.Completed, Timeline);
    }

    /// <summary>Counts what ended the request instead and says how its call ends.</summary>
    public Refusal Refuse(Exception error)
    {
        var ending = new CallEnding(DeadlinePassed, _ledger.Cut.Token.IsCancellationRequested, _caller.IsCancellationRequested);
        var refusal = ExceptionMapper.Map(error, ending);
        _ledger.Metrics.Ended(refusal.Outcome);
        _ledger.Telemetry.Ended(_requestId, refusal, error);
        var unplanned = (error as PlanMisfitException)?.Provenance ?? (error as PlanRefusedException)?.Provenance;
        _ledger.Telemetry.EndedUnder(unplanned ?? _provenance, ending.Stopping ? null : refusal.Outcome, Timeline);
        return refusal;
    }

    /// <inheritdoc/>
    public void Dispose() => _ends.Dispose();
}
