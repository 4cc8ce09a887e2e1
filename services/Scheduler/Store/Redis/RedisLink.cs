using System.Globalization;
using StackExchange.Redis;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Calls Redis over one connection, which is made when needed and made anew after its first failure.</summary>
/// <remarks>
/// The library's own reconnection is not used: it does not notice a server that no longer answers. Each call has a limit of time, and
/// after a failed connection calls fail at once for a moment, so that callers do not queue behind a server that is away.
/// </remarks>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly RedisConnector _connector;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly List<(RedisChannel Channel, Action Hint)> _hints = [];
    private volatile ConnectionMultiplexer? _connection;
    private StoreUnavailableException? _lastFault;
    private long _failed;
    private volatile bool _isUp;
    private volatile bool _isDisposed;

    /// <summary>Makes the link; nothing is connected yet.</summary>
    public RedisLink(StoreOptions options, TimeProvider time, ILogger<RedisLink> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _connector = new RedisConnector(options);
        Keys = new RedisKeys(options.RedisKeyPrefix, options.RedisDatabase);
    }

    /// <summary>Gets the names of what is kept.</summary>
    public RedisKeys Keys { get; }

    /// <summary>Gets whether the last call was answered.</summary>
    public bool IsUp => _isUp;

    /// <summary>Calls <paramref name="hint"/> on each message of a channel; messages may be lost.</summary>
    public void OnHint(RedisChannel channel, Action hint)
    {
        ConnectionMultiplexer? connection;
        lock (_hints)
        {
            _hints.Add((channel, hint));
            connection = _connection;
        }

        if (connection is not null)
        {
            _ = SubscribeAsync(connection, channel, hint);
        }
    }

    /// <summary>Runs a script and returns its answer.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away, too slow, or refuses; whether the script ran is not known.</exception>
    public async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var connection = _connection ?? await ConnectAsync(cancellationToken);
        object[] arguments = [script, keys.Length.ToString(CultureInfo.InvariantCulture), .. keys, .. values];
        try
        {
            var answer = await connection.GetDatabase(_options.RedisDatabase)
                .ExecuteAsync("EVAL", arguments).WaitAsync(_options.RedisTimeout, _time, cancellationToken);
            _isUp = true;
            return answer;
        }
        catch (RedisServerException exception)
        {
            // A server that became a replica stays one on this connection.
            if (exception.Message.StartsWith("READONLY", StringComparison.Ordinal))
            {
                Drop(connection);
            }

            throw new StoreUnavailableException($"Redis at {_options.Redis} refuses: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            Drop(connection);
            var what = exception is TimeoutException ? $"no answer within {_options.RedisTimeout} (Store:RedisTimeout)" : exception.Message;
            throw new StoreUnavailableException($"Redis at {_options.Redis} is away: {what}", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await Task.Run(() => connection.Close(allowCommandsToComplete: false));
        }

        _connector.Dispose();
        _connecting.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connection is { } made)
            {
                return made;
            }

            if (_lastFault is not null && _time.GetElapsedTime(_failed) < Pause)
            {
                throw new StoreUnavailableException(_lastFault.Message, _lastFault);
            }

            var connection = await ConnectAnewAsync(cancellationToken);
            connection.ConnectionFailed += (_, _) => Drop(connection);
            _lastFault = null;
            await Task.WhenAll(Use(connection).Select(hint => SubscribeAsync(connection, hint.Channel, hint.Hint)));
            RedisLog.Connected(_logger, _options.Redis);
            return connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAnewAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _connector.ConnectAsync(_time, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            (_isUp, _failed, _lastFault) = (false, _time.GetTimestamp(), exception);
            throw;
        }
    }

    /// <summary>Makes a connection the one that is used, and returns the channels known by then.</summary>
    private List<(RedisChannel Channel, Action Hint)> Use(ConnectionMultiplexer connection)
    {
        lock (_hints)
        {
            _connection = connection;
            return [.. _hints];
        }
    }

    private async Task SubscribeAsync(ConnectionMultiplexer connection, RedisChannel channel, Action hint)
    {
        try
        {
            await connection.GetSubscriber().SubscribeAsync(channel, (_, _) => hint()).WaitAsync(_options.RedisTimeout, _time);

            // What happened before was not told.
            hint();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            RedisLog.NoHints(_logger, channel.ToString(), exception.Message);
        }
    }

    private void Drop(ConnectionMultiplexer connection)
    {
        if (Interlocked.CompareExchange(ref _connection, null, connection) != connection)
        {
            return;
        }

        _isUp = false;
        RedisLog.Dropped(_logger, _options.Redis);
        _ = Task.Run(() => connection.Close(allowCommandsToComplete: false));
    }
}
