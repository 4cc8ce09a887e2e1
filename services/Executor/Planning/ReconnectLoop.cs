using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Keeps one stream to the scheduler alive: runs a session, waits, and runs the next, until stopped.</summary>
internal sealed class ReconnectLoop
{
    private readonly string _stream;
    private readonly ReconnectBackoff _backoff;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Names the stream for the log.</summary>
    public ReconnectLoop(string stream, ReconnectBackoff backoff, TimeProvider time, ILogger logger)
    {
        _stream = stream;
        _backoff = backoff;
        _time = time;
        _logger = logger;
    }

    /// <summary>Whether an error means that the scheduler will go on refusing this executor until a person acts.</summary>
    public static bool IsRefusal(Exception error) =>
        error is RpcException { StatusCode: StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented };

    /// <summary>Tells the loop that the scheduler answered, so that the next wait is short again.</summary>
    public void Answered() => _backoff.Reset();

    /// <summary>Runs sessions one after the other until <paramref name="stop"/>.</summary>
    /// <param name="session">One life of the stream. Its result is the wait that the scheduler asked for, or null.</param>
    /// <param name="stop">Ends the session and the loop.</param>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan?>> session, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var wait = await RunOnceAsync(session, stop).ConfigureAwait(false);
            try
            {
                await Task.Delay(wait, _time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<TimeSpan> RunOnceAsync(Func<CancellationToken, Task<TimeSpan?>> session, CancellationToken stop)
    {
        try
        {
            var asked = await session(stop).ConfigureAwait(false);
            var wait = asked ?? _backoff.Next(refused: false);
            PlanningLog.StreamEnded(_logger, _stream, wait);
            return wait;
        }
        catch (Exception e) when (e is RpcException or HttpRequestException or IOException or OperationCanceledException)
        {
            var code = (e as RpcException)?.StatusCode ?? StatusCode.Unavailable;
            var wait = _backoff.Next(IsRefusal(e));
            if (!stop.IsCancellationRequested)
            {
                PlanningLog.StreamFailed(_logger, _stream, code, wait, e.Message);
            }

            return wait;
        }
    }
}
