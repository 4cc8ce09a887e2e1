using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Reads the responses of a call.</summary>
internal sealed class ClientStreamReader<TRequest, TResponse> : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private readonly ClientCall<TRequest, TResponse> _call;
    private readonly Task<bool> _opened;
    private TResponse? _current;
    private int _reading;

    /// <summary>Reads from a call once it is open.</summary>
    public ClientStreamReader(ClientCall<TRequest, TResponse> call, Task<bool> opened)
    {
        _call = call;
        _opened = opened;
    }

    /// <inheritdoc/>
    public TResponse Current => _current ?? throw new InvalidOperationException("No message has been read.");

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
            await using var registration = cancellationToken.UnsafeRegister(
                static call => ((ClientCall<TRequest, TResponse>)call!).Cancel(), _call).ConfigureAwait(false);
            if (!_opened.IsCompleted)
            {
                await _opened.ConfigureAwait(false);
            }

            _current = await _call.ReadAsync().ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
