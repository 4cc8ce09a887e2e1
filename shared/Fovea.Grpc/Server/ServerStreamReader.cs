using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Reads the requests of a call.</summary>
internal sealed class ServerStreamReader<TRequest> : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private readonly HttpContextServerCallContext _context;
    private readonly Func<DeserializationContext, TRequest> _deserializer;
    private TRequest? _current;
    private bool _ended;
    private int _reading;

    /// <summary>Reads from a call.</summary>
    public ServerStreamReader(HttpContextServerCallContext context, Func<DeserializationContext, TRequest> deserializer)
    {
        _context = context;
        _deserializer = deserializer;
    }

    /// <inheritdoc/>
    public TRequest Current => _current ?? throw new InvalidOperationException("No message has been read.");

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _reading, 1) != 0)
        {
            throw new InvalidOperationException("The previous read is still running.");
        }

        try
        {
            _current = _ended ? null : await _context.Requests.ReadAsync(_deserializer, cancellationToken);
            _ended = _current is null;
            return !_ended;
        }
        catch (Exception ex) when (ex is not RpcException && !cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The call was cancelled while a request was being read.", ex, _context.CancellationToken);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
