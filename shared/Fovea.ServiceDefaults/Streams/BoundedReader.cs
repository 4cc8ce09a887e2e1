using System.Globalization;
using Fovea.ServiceDefaults.Quotas;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;

namespace Fovea.ServiceDefaults.Streams;

/// <summary>Passes a client's messages on until there are too many of them, or they come too fast, or the first one too late.</summary>
internal sealed class BoundedReader<T> : IAsyncStreamReader<T>
    where T : class
{
    private readonly IAsyncStreamReader<T> _inner;
    private readonly StreamLimits _limits;
    private readonly TimeProvider _time;
    private readonly TokenBucket _bucket;
    private long _read;

    /// <summary>Bounds a reader.</summary>
    public BoundedReader(IAsyncStreamReader<T> inner, StreamLimits limits, TimeProvider time)
    {
        _inner = inner;
        _limits = limits;
        _time = time;
        _bucket = limits.NewBucket(Now());
    }

    /// <inheritdoc/>
    public T Current => _inner.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var isThere = _read > 0 || _limits.RequestTimeout == TimeSpan.Zero
            ? await _inner.MoveNext(cancellationToken).ConfigureAwait(false)
            : await FirstAsync(cancellationToken).ConfigureAwait(false);
        if (!isThere)
        {
            return false;
        }

        if (++_read > _limits.MaxMessages && _limits.MaxMessages > 0)
        {
            throw Exhausted($"The stream has had {_limits.MaxMessages} messages, the most that option Streams:MaxMessages allows; open another.", null);
        }

        if (_bucket.Take(1, Now()) is { } wait)
        {
            var rate = _limits.MessagesPerSecond.ToString(CultureInfo.InvariantCulture);
            throw Exhausted($"Messages come faster than {rate} per second, the most that option Streams:MessagesPerSecond allows.", wait);
        }

        return true;
    }

    private static RpcException Exhausted(string message, TimeSpan? wait) => new(
        new Status(StatusCode.ResourceExhausted, message),
        wait is { } time ? new Metadata { { CallRefusal.PushBackKey, CallRefusal.Milliseconds(time) } } : []);

    private async Task<bool> FirstAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limits.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _inner.MoveNext(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RpcException && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded, $"No message came within {_limits.RequestTimeout}, the most that option Streams:RequestTimeout allows."));
        }
    }

    private long Now() => _time.GetUtcNow().Ticks;
}
