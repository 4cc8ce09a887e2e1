using Fovea.Executor.Intake;
using Fovea.ServiceDefaults.Drain;
using Grpc.Core;

namespace Fovea.Executor.Calibration;

/// <summary>One call from its begin to its status: it ends at once when the executor drains, because a search goes on elsewhere.</summary>
internal sealed class CalibrationCall : IDisposable
{
    private readonly DrainSignal _drain;
    private readonly ServerCallContext _context;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ends;

    /// <summary>Begins a call.</summary>
    public CalibrationCall(ServerCallContext context, DrainSignal drain, TimeProvider time)
    {
        _context = context;
        _drain = drain;
        _time = time;
        _ends = drain.Link(context.CancellationToken);
    }

    /// <summary>Fires when the call must end.</summary>
    public CancellationToken Ends => _ends.Token;

    /// <summary>Returns the exception that ends the call after an error.</summary>
    public RpcException Refuse(Exception error)
    {
        var deadlinePassed = _context.Deadline != DateTime.MaxValue && _time.GetUtcNow().UtcDateTime >= _context.Deadline;
        var ending = new CallEnding(deadlinePassed, _drain.IsDraining, _context.CancellationToken.IsCancellationRequested);
        return ExceptionMapper.Map(error, ending).ToException();
    }

    /// <inheritdoc/>
    public void Dispose() => _ends.Dispose();
}
