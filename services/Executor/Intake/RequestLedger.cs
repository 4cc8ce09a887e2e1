using Fovea.Executor.Metrics;

namespace Fovea.Executor.Intake;

/// <summary>Knows every request from its arrival to its one outcome.</summary>
internal sealed class RequestLedger
{
    private readonly ExecutorLoad _load;

    /// <summary>Opens the books.</summary>
    public RequestLedger(DrainCut cut, ExecutorMetrics metrics, ExecutorLoad load, AnswerTelemetry telemetry, TimeProvider time)
    {
        Cut = cut;
        Metrics = metrics;
        _load = load;
        Telemetry = telemetry;
        Time = time;
    }

    /// <summary>Name of this executor.</summary>
    public string ExecutorId => Telemetry.ExecutorId;

    /// <summary>Says when requests that still run are ended.</summary>
    public DrainCut Cut { get; }

    /// <summary>Counts outcomes.</summary>
    public ExecutorMetrics Metrics { get; }

    /// <summary>Logs ends.</summary>
    public AnswerTelemetry Telemetry { get; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Enters a request that arrives.</summary>
    /// <param name="requestId">The id that the caller chose, if any.</param>
    /// <param name="deadline">When the caller stops waiting, UTC.</param>
    /// <param name="caller">Fires when the call ends.</param>
    public RequestEntry Open(string requestId, DateTime deadline, CancellationToken caller)
    {
        _load.Arrived();
        return new RequestEntry(this, requestId, deadline, caller);
    }
}
