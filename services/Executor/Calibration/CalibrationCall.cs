using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Grpc.Core;

namespace Fovea.Executor.Calibration;

/// <summary>One call from its begin to its status: it ends at once when the executor drains, because a search goes on elsewhere.</summary>
internal sealed class CalibrationCall : IDisposable
{
    private readonly ServerCallContext _context;
    private readonly CalibrationTools _tools;
    private readonly CancellationTokenSource _ends;

    /// <summary>Begins a call.</summary>
    public CalibrationCall(ServerCallContext context, CalibrationTools tools)
    {
        _context = context;
        _tools = tools;
        _ends = tools.Drain.Link(context.CancellationToken);
    }

    /// <summary>Fires when the call must end.</summary>
    public CancellationToken Ends => _ends.Token;

    /// <summary>Returns the exception that ends the call after an error.</summary>
    public RpcException Refuse(Exception error)
    {
        var deadlinePassed = _context.Deadline != DateTime.MaxValue && _tools.Time.GetUtcNow().UtcDateTime >= _context.Deadline;
        var ending = new CallEnding(deadlinePassed, _tools.Drain.IsDraining, _context.CancellationToken.IsCancellationRequested);
        var refusal = ExceptionMapper.Map(error, ending);
        if (refusal.Outcome == RequestOutcome.Failed)
        {
            CalibrationLog.Failed(_tools.Logger, _context.Method, error);
        }

        return refusal.ToException();
    }

    /// <inheritdoc/>
    public void Dispose() => _ends.Dispose();
}
