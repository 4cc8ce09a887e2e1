using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Keeps whether what is served is the newest, and if not, why; logs each turn once.</summary>
internal sealed class RedisHealth
{
    private readonly Lock _gate = new();
    private readonly StoreOptions _options;
    private readonly StoreMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _fresh;
    private string _reason = "Redis was not asked yet";
    private string? _regression;
    private bool _isTold;

    /// <summary>Begins as stale.</summary>
    public RedisHealth(StoreOptions options, StoreMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_options, _metrics, _time, _logger) = (options, metrics, time, logger);
        _fresh = time.GetTimestamp();
    }

    /// <summary>Gets the status.</summary>
    public StoreStatus Status
    {
        get
        {
            lock (_gate)
            {
                var silence = _time.GetElapsedTime(_fresh);
                var reason = _reason.Length == 0 && silence > (2 * _options.PollInterval) + (3 * _options.RedisTimeout) ? "Redis was not heard for too long" : _reason;
                return reason.Length == 0 ? StoreStatus.Fresh : new StoreStatus(true, silence, reason);
            }
        }
    }

    /// <summary>Says that the copy served now was the newest at a time before this process.</summary>
    public void WasFresh(DateTimeOffset at)
    {
        lock (_gate)
        {
            var age = _time.GetUtcNow() - at;
            _fresh = _time.GetTimestamp() - (long)(Math.Max(0, age.TotalSeconds) * _time.TimestampFrequency);
        }
    }

    /// <summary>Says that a state is the newest.</summary>
    public void Fresh(StoreState state)
    {
        lock (_gate)
        {
            if (_regression is not null)
            {
                RedisLog.Healed(_logger, state.Epoch, state.Revision);
            }
            else if (_isTold)
            {
                RedisLog.FreshAgain(_logger, state.Epoch, state.Revision);
            }

            (_fresh, _reason, _regression, _isTold) = (_time.GetTimestamp(), string.Empty, null, false);
        }
    }

    /// <summary>Says that whether a state is the newest cannot be told.</summary>
    public void Stale(StoreState state, string reason)
    {
        lock (_gate)
        {
            if (!_isTold && state.Epoch.Length > 0)
            {
                _isTold = true;
                RedisLog.Stale(_logger, state.Epoch, state.Revision, reason);
            }

            _reason = _regression ?? reason;
        }
    }

    /// <summary>Says that Redis holds something that must not be obeyed.</summary>
    public void Regressed(StoreState held, RedisHead? found)
    {
        _metrics.Regressed();
        var fault = $"Redis at {_options.Redis} {(found is null ? "is empty" : $"holds {found}")}, but {RedisHead.Of(held)} was served already and does not lead there; "
            + "that state goes on being served and no change is taken. Restore Redis from a good copy, or start one scheduler with --store-new-epoch: "
            + "it writes the newest state that it knows to Redis as a new epoch";
        lock (_gate)
        {
            if (_regression != fault)
            {
                RedisLog.Regressed(_logger, fault);
            }

            (_regression, _reason, _isTold) = (fault, fault, true);
        }
    }

    /// <summary>Refuses changes while Redis is not obeyed.</summary>
    /// <exception cref="StoreUnavailableException">It is not; it says how to recover.</exception>
    public void ThrowIfRegressed()
    {
        lock (_gate)
        {
            if (_regression is { } fault)
            {
                throw new StoreUnavailableException(fault);
            }
        }
    }
}
