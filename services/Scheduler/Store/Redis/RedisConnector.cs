using System.Net;
using StackExchange.Redis;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Makes connections to Redis as the options say, and says why one could not be made.</summary>
internal sealed class RedisConnector : IDisposable
{
    // What the library would ask a server about itself needs rights that a scheduler need not have.
    private static readonly HashSet<string> Unneeded = ["CONFIG", "CLUSTER", "CLIENT", "INFO"];

    private readonly StoreOptions _options;
    private readonly SocketManager _sockets = new("fovea-redis");
    private readonly IReadOnlyList<DnsEndPoint> _servers;
    private readonly IReadOnlyList<RedisDial> _dials;
    private readonly List<RedisRelay> _relays = [];
    private readonly string _secret = RedisRelay.NewSecret();

    /// <summary>Makes the connector of a server, or of a primary and its replicas, in any order.</summary>
    public RedisConnector(StoreOptions options)
    {
        _options = options;
        _servers = RedisEndpoints.TryParse(options.Redis)!;
        _dials = [.. _servers.Select(server => new RedisDial(server, options))];
        if (options.RedisTls || options.RedisUser is { Length: > 0 })
        {
            _relays.AddRange(_dials.Select(dial => RedisRelay.Start(dial, options.RedisTimeout, _secret)));
        }
    }

    /// <summary>Returns a connection that was answered; owned by the caller.</summary>
    /// <remarks>
    /// The library says little about why it cannot connect, may take its whole time to notice that nobody listens, and would need rights
    /// to find the primary. So each server is asked first, and the library is let loose only on the primary.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">None could be made; it names the fault.</exception>
    public async Task<ConnectionMultiplexer> ConnectAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = await Task.WhenAll(_dials.Select(dial => ProbeAsync(dial, time, cancellationToken)));
        var primary = RedisPrimary.Choose(_servers, faults);
        Task<ConnectionMultiplexer>? connecting = null;
        try
        {
            connecting = ConnectionMultiplexer.ConnectAsync(Configuration(primary));
            return await connecting.WaitAsync(_options.RedisTimeout * 2, time, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or IOException)
        {
            _ = connecting?.ContinueWith(late => late.Result.Close(false), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw new StoreUnavailableException($"Redis at {_options.Redis} cannot be reached: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _relays.ForEach(relay => relay.Dispose());
        _sockets.Dispose();
    }

    private async Task<string?> ProbeAsync(RedisDial dial, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.RedisTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await dial.ProbeAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {_options.RedisTimeout} (Store:RedisTimeout)";
        }
    }

    private ConfigurationOptions Configuration(int server)
    {
        var milliseconds = (int)_options.RedisTimeout.TotalMilliseconds;
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = milliseconds,
            SyncTimeout = milliseconds,
            KeepAlive = 5,
            TieBreaker = string.Empty,
            ConfigurationChannel = string.Empty,
            SocketManager = _sockets,
            CommandMap = CommandMap.Create(Unneeded, available: false),
            Password = _relays.Count > 0 ? _secret : RedisDial.ReadPassword(_options),
        };
        configuration.EndPoints.Add(_relays.Count > 0 ? _relays[server].Address : _servers[server]);
        return configuration;
    }
}
