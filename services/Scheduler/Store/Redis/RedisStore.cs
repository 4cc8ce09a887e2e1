using Fovea.Contracts.V1;
using Fovea.Scheduler.Metrics;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Keeps the state in Redis, which any number of schedulers share, and a copy of it in memory and on disk.</summary>
/// <remarks>
/// Redis decides what is committed; what is read here is the copy, which follows by hints and by polling. The copy only moves on: what
/// Redis holds is taken when it follows from the copy or is of a newer epoch, and never when it is older, other, or nothing.
/// </remarks>
internal sealed class RedisStore : ISchedulerStore, IAsyncDisposable
{
    private readonly StoreOptions _options;
    private readonly RedisState _redis;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisStore> _logger;
    private readonly StoreLock _lock;
    private readonly StateCopy _copy;
    private readonly RedisHealth _health;
    private readonly StateCell _cell;
    private readonly Hint _hint = new();
    private readonly Lock _publishing = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private bool _beginsEpoch;
    private Task _following = Task.CompletedTask;
    private Task _copying = Task.CompletedTask;

    /// <summary>Makes the store, which owns the folder of its copy until disposed; nothing is read from Redis yet.</summary>
    /// <exception cref="StoreOpenException">The folder is in use or cannot be written.</exception>
    public RedisStore(StoreOptions options, RedisLink link, StoreMetrics metrics, TimeProvider time, ILogger<RedisStore> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _beginsEpoch = options.NewEpoch;
        _redis = new RedisState(link, options.HistoryLimit);
        _health = new RedisHealth(options, metrics, time, logger);
        var folder = new StoreFolder(Path.GetFullPath(options.Folder));
        _lock = StoreLock.Own(folder);
        _copy = new StateCopy(folder, logger);
        var copy = _copy.Read();
        _cell = new StateCell(copy?.State ?? StoreState.Empty(string.Empty));
        if (copy is var (_, fresh))
        {
            _health.WasFresh(fresh);
        }

        link.OnHint(link.Keys.Changes, _hint.Give);
        metrics.Show(() => Status);
        metrics.Show(() => link.IsUp);
    }

    /// <inheritdoc/>
    public StoreState Current => _cell.Value;

    /// <inheritdoc/>
    public StoreStatus Status => _health.Status;

    /// <summary>Gets whether there is a state: a store that was never opened and has no copy holds none.</summary>
    private bool IsHeld => Current.Epoch.Length > 0;

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        while (!await TryOpenAsync(_time.GetElapsedTime(begin), cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), _time, cancellationToken);
        }

        _copy.Keep(Current, _time.GetUtcNow() - Status.StaleFor);
        _following = _hint.FollowAsync(RefreshAsync, _options.PollInterval, _time, _end.Token);
        _copying = _copy.FollowAsync(this, _time, _end.Token);
    }

    /// <inheritdoc/>
    public async Task<StoreState?> TryCommitAsync(StoreState basis, StoreChange change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(Current, basis))
            {
                return null;
            }

            _health.ThrowIfRegressed();
            var next = basis.With(change) with { Stamp = NewStamp() };
            if (await _redis.TryWriteAsync(basis, next, change, PolicyVersions.Of(next, change, _time.GetUtcNow()), cancellationToken))
            {
                // It may have been read back already.
                return Publish(basis, next) || Current.Stamp != next.Stamp ? next : Current;
            }

            // Somebody else was first: the retry must see what they did.
            await RefreshAsync(cancellationToken);
            _health.ThrowIfRegressed();
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            _health.Stale(Current, exception.Message);
            _hint.Give();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public Task<StoreState> WaitForChangeAsync(StoreState seen, CancellationToken cancellationToken) =>
        _cell.WaitForChangeAsync(seen, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PolicyVersion>> HistoryAsync(string policy, int limit, CancellationToken cancellationToken) =>
        _redis.HistoryAsync(policy, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PolicyVersion>?> EventsAfterAsync(long revision, CancellationToken cancellationToken) =>
        _redis.EventsAfterAsync(Current.Epoch, revision, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync();
        await Task.WhenAll(_following, _copying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lock.Dispose();
    }

    private static string NewStamp() => Guid.NewGuid().ToString("N");

    private async Task<bool> TryOpenAsync(TimeSpan waited, CancellationToken cancellationToken)
    {
        try
        {
            if (_beginsEpoch)
            {
                await BeginEpochAsync(cancellationToken);
                _beginsEpoch = false;
            }

            await RefreshAsync(cancellationToken);
            RedisLog.Opened(_logger, _options.Redis, Current.Epoch, Current.Revision);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            if (IsHeld && !_beginsEpoch)
            {
                return true;
            }

            return waited < _options.ConnectTimeout
                ? false
                : throw new StoreOpenException(
                    $"{exception.Message}; {(_beginsEpoch ? "a new epoch needs it" : $"'{_options.Folder}' holds no copy of its state to serve meanwhile")} "
                    + $"(waited {_options.ConnectTimeout}, Store:ConnectTimeout)",
                    exception);
        }
    }

    /// <summary>Takes what Redis holds beyond the copy, or notes why it must not be taken.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be read.</exception>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            while (!await TryRefreshAsync(cancellationToken))
            {
                // A commit of this scheduler came in between, or another one made the store first.
            }
        }
        catch (FormatException exception)
        {
            _health.Stale(Current, exception.Message);
            throw new StoreUnavailableException(exception.Message, exception);
        }
        catch (StoreUnavailableException exception)
        {
            _health.Stale(Current, exception.Message);
            throw;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        var basis = Current;
        var read = await _redis.ReadAsync(IsHeld ? basis : null, cancellationToken);
        if (read.Outcome == ReadOutcome.Empty && !IsHeld)
        {
            return await TryCreateAsync(basis, cancellationToken);
        }

        lock (_publishing)
        {
            if (!ReferenceEquals(Current, basis))
            {
                return false;
            }

            if (read.Outcome is ReadOutcome.Behind or ReadOutcome.Empty || read.State is { } next && next.Epoch == basis.Epoch && next.Revision < basis.Revision)
            {
                _health.Regressed(basis, read.Head);
                return true;
            }

            if (IsHeld && read.State!.Epoch != basis.Epoch)
            {
                RedisLog.Replaced(_logger, basis.Epoch, read.State.Epoch, read.State.Revision);
            }

            return Publish(basis, read.State!);
        }
    }

    private async Task<bool> TryCreateAsync(StoreState basis, CancellationToken cancellationToken)
    {
        var state = StoreState.Empty(Epochs.New(_time.GetUtcNow())) with { Stamp = NewStamp() };
        if (!await _redis.TryBeginAsync(null, state, cancellationToken))
        {
            return false;
        }

        RedisLog.Created(_logger, _options.Redis, state.Epoch);
        return Publish(basis, state);
    }

    /// <summary>Makes the newest state known, of the copy and of Redis, the beginning of a new epoch; nothing when neither holds any.</summary>
    private async Task BeginEpochAsync(CancellationToken cancellationToken)
    {
        var copy = Current;
        var read = await _redis.ReadAsync(null, cancellationToken);
        if (NewEpoch.Of(IsHeld ? copy : null, read.State, _time.GetUtcNow()) is not var (newest, begun))
        {
            return;
        }

        var state = begun with { Stamp = NewStamp() };
        if (!await _redis.TryBeginAsync(read.Head, state, cancellationToken))
        {
            throw new StoreUnavailableException($"Redis at {_options.Redis} was changed by another scheduler meanwhile");
        }

        RedisLog.Begun(_logger, _options.Redis, state.Epoch, newest.Revision, newest.Epoch);
        Publish(copy, state);
    }

    /// <summary>Moves the copy on, unless it has moved already; true when it was at the basis.</summary>
    private bool Publish(StoreState basis, StoreState next)
    {
        lock (_publishing)
        {
            if (!ReferenceEquals(Current, basis))
            {
                return false;
            }

            if (!ReferenceEquals(basis, next))
            {
                _cell.Publish(next);
            }

            _health.Fresh(next);
            return true;
        }
    }
}
