using Grpc.Core;

namespace Fovea.Scheduler.Streams;

/// <summary>Reads the message that opens a stream, within a time.</summary>
internal sealed class StreamOpening
{
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly string _option;

    /// <summary>Makes a reader whose limit is set by the named option.</summary>
    public StreamOpening(TimeSpan timeout, TimeProvider time, string option)
    {
        _timeout = timeout;
        _time = time;
        _option = option;
    }

    /// <summary>Returns the first message.</summary>
    /// <exception cref="RpcException">None came: INVALID_ARGUMENT when the stream ended, DEADLINE_EXCEEDED when time passed.</exception>
    public async Task<T> ReadAsync<T>(IAsyncStreamReader<T> requests, string wanted, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await requests.MoveNext(either.Token)
                ? requests.Current
                : throw new RpcException(new Status(StatusCode.InvalidArgument, $"the stream ended without {wanted}"));
        }
        catch (Exception exception) when (IsTimeout(exception) && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, $"no {wanted} came within {_timeout} ({_option})"));
        }
    }

    private static bool IsTimeout(Exception exception) =>
        exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled };
}
