using System.Net.Sockets;
using System.Threading.Channels;

namespace Fovea.Faults.Proxies;

/// <summary>Carries one direction of one connection, through the faults in force.</summary>
/// <remarks>
/// <code>
/// read -> filter -> stamp with the time of arrival -> wait for it -> wait while there is a hole -> write
/// </code>
/// Bytes of later reads travel while earlier ones wait, so that a delay costs time and not throughput.
/// </remarks>
internal sealed class ProxyPipe
{
    private const int ChunkBytes = 16 * 1024;
    private const int ChunksUnderWay = 256;

    private readonly Socket _from;
    private readonly Socket _to;
    private readonly ProxyRoute _route;
    private readonly Func<ProxyFaults, DirectionFault> _direction;
    private readonly IStreamFilter? _filter;
    private readonly Channel<Chunk> _underWay = Channel.CreateBounded<Chunk>(new BoundedChannelOptions(ChunksUnderWay) { SingleReader = true, SingleWriter = true });

    /// <summary>Makes a pipe.</summary>
    public ProxyPipe(Socket from, Socket to, ProxyRoute route, Func<ProxyFaults, DirectionFault> direction, IStreamFilter? filter)
    {
        _from = from;
        _to = to;
        _route = route;
        _direction = direction;
        _filter = filter;
    }

    /// <summary>Carries until the sender ends its side and all of it has arrived, or the connection breaks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(end.Token);
        try
        {
            await WriteAsync(end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkBytes];
        var due = 0L;
        try
        {
            while (true)
            {
                await _route.Switch.WaitForPassageAsync(_direction, cancellationToken);
                var count = await _from.ReceiveAsync(buffer, cancellationToken);
                var bytes = _filter is null || count == 0 ? buffer[..count] : _filter.Pass(buffer.AsSpan(0, count));
                due = Math.Max(due, Arrival(due, count));
                if (count == 0 || bytes.Length > 0)
                {
                    await _underWay.Writer.WriteAsync(new Chunk(bytes, due), cancellationToken);
                }

                if (count == 0)
                {
                    _underWay.Writer.Complete();
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            _underWay.Writer.TryComplete(exception);
        }
    }

    private long Arrival(long earlier, int count)
    {
        var fault = _direction(_route.Switch.Faults);
        var now = _route.Time.GetTimestamp();
        // A thin line carries one thing after the other; a long one carries them beside each other.
        var leaves = fault.BytesPerSecond > 0 ? Math.Max(earlier, now) : now;
        return leaves + (long)(_route.Courier.TimeOf(fault, count).TotalSeconds * _route.Time.TimestampFrequency);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var chunk in _underWay.Reader.ReadAllAsync(cancellationToken))
        {
            var left = _route.Time.GetElapsedTime(_route.Time.GetTimestamp(), chunk.Due);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, _route.Time, cancellationToken);
            }

            await _route.Switch.WaitForPassageAsync(_direction, cancellationToken);
            if (chunk.Bytes.Length == 0)
            {
                _to.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < chunk.Bytes.Length;)
            {
                sent += await _to.SendAsync(chunk.Bytes.AsMemory(sent), cancellationToken);
            }
        }
    }

    private readonly record struct Chunk(byte[] Bytes, long Due);
}
