using System.Net;
using StackExchange.Redis;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Makes connections to Redis as the options say, and says why one could not be made.</summary>
internal sealed class RedisConnector : IDisposable
{
    // What the library would ask a server about itself needs rights that a scheduler need not have.
    private static readonly HashSet<string> Unneeded = ["CONFIG", "CLUSTER", "CLIENT"];

    private readonly StoreOptions _options;
    private readonly SocketManager _sockets = new("fovea-redis");
    private readonly List<RedisRelay> _relays = [];
    private readonly string _secret = RedisRelay.NewSecret();

    /// <summary>Makes the connector of a server, or of several of which one is the master.</summary>
    public RedisConnector(StoreOptions options)
    {
        _options = options;
        if (options.RedisTls || options.RedisUser is { Length: > 0 })
        {
            _relays.AddRange(RedisEndpoints.TryParse(options.Redis)!.Select(server => Relay(server)));
        }
    }

    /// <summary>Returns a connection that was answered; owned by the caller.</summary>
    /// <exception cref="StoreUnavailableException">None could be made; it names the fault.</exception>
    public async Task<ConnectionMultiplexer> ConnectAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var log = new StringWriter();
        Task<ConnectionMultiplexer>? connecting = null;
        try
        {
            connecting = ConnectionMultiplexer.ConnectAsync(Configuration(), TextWriter.Synchronized(log));
            return await connecting.WaitAsync(_options.RedisTimeout * 2, time, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            _ = connecting?.ContinueWith(late => late.Result.Close(false), TaskContinuationOptions.OnlyOnRanToCompletion);
            throw new StoreUnavailableException($"Redis at {_options.Redis} cannot be reached: {FaultOf(exception, log.ToString())}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _relays.ForEach(relay => relay.Dispose());
        _sockets.Dispose();
    }

    private RedisRelay Relay(DnsEndPoint server) => RedisRelay.Start(new RedisDial(server, _options), _options.RedisTimeout, _secret);

    private ConfigurationOptions Configuration()
    {
        var milliseconds = (int)_options.RedisTimeout.TotalMilliseconds;
        var servers = RedisEndpoints.TryParse(_options.Redis)!;
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

            // With several servers the library has to ask which one is the master.
            CommandMap = CommandMap.Create(servers.Count > 1 ? Unneeded : [.. Unneeded, "INFO"], available: false),
        };
        if (_relays.Count > 0)
        {
            configuration.Password = _secret;
            _relays.ForEach(relay => configuration.EndPoints.Add(relay.Address));
            return configuration;
        }

        configuration.Password = RedisDial.ReadPassword(_options);
        foreach (var server in servers)
        {
            configuration.EndPoints.Add(server);
        }

        return configuration;
    }

    private string FaultOf(Exception exception, string log)
    {
        if (_relays.Find(relay => relay.Fault.Length > 0) is { } relay)
        {
            return relay.Fault;
        }

        if (exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            return exception.Message;
        }

        // The library's message says nothing; its log says what the server answered or which step failed.
        var lines = log.Split('\n', StringSplitOptions.TrimEntries);
        var error = Array.Find(lines, line => line.Contains("Error: ", StringComparison.Ordinal));
        return error is not null
            ? error[(error.IndexOf("Error: ", StringComparison.Ordinal) + "Error: ".Length)..]
            : Array.Find(lines, line => line.Contains("faulted", StringComparison.Ordinal) || line.Contains("did not respond", StringComparison.Ordinal))
              ?? exception.Message;
    }
}
