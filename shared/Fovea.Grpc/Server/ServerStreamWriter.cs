using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Writes the responses of a call.</summary>
internal sealed class ServerStreamWriter<TResponse> : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private readonly HttpContextServerCallContext _context;
    private readonly Action<TResponse, SerializationContext> _serializer;

    /// <summary>Writes to a call.</summary>
    public ServerStreamWriter(HttpContextServerCallContext context, Action<TResponse, SerializationContext> serializer)
    {
        _context = context;
        _serializer = serializer;
    }

    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => _context.WriteOptions;
        set => _context.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        var write = _context.Response.WriteMessageAsync(message, _serializer, WriteOptions?.Flags ?? WriteFlags.None);
        if (cancellationToken.CanBeCanceled)
        {
            await WriteOrAbortAsync(write, cancellationToken);
        }
        else if (!await write)
        {
            throw _context.Gone();
        }
    }

    // Half a message cannot be taken back, so cancelling a write ends the call.
    private async Task WriteOrAbortAsync(ValueTask<bool> write, CancellationToken cancellationToken)
    {
        bool written;
        await using (cancellationToken.UnsafeRegister(
            static context => ((HttpContextServerCallContext)context!).HttpContext.Abort(), _context))
        {
            written = await write;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!written)
        {
            throw _context.Gone();
        }
    }
}
