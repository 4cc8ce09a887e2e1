using Grpc.Core;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Ends calls that take too long by the scheduler's clock.</summary>
internal static class LimitedCall
{
    /// <summary>Returns what the call returns.</summary>
    /// <exception cref="RpcException">DEADLINE_EXCEEDED when time has passed, or how the call ended.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException
            && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, $"no answer came within {timeout}"));
        }
    }
}
