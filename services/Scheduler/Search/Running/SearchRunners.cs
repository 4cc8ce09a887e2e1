using Fovea.Contracts.V1;
using Fovea.ServiceDefaults.Drain;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Keeps the runners of this scheduler: none before its start, none after its end.</summary>
internal sealed class SearchRunners : IHostedService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SearchRunner> _runners = new(StringComparer.Ordinal);
    private readonly SearchTools _tools;
    private readonly DrainSignal _drain;
    private bool _isClosed;

    /// <summary>Makes the keeper.</summary>
    public SearchRunners(SearchTools tools, DrainSignal drain)
    {
        (_tools, _drain) = (tools, drain);
    }

    /// <summary>Gets how many searches run.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _runners.Count;
            }
        }
    }

    /// <summary>Returns the runner of a search; null when it does not run here.</summary>
    public SearchRunner? Find(string id)
    {
        lock (_gate)
        {
            return _runners.GetValueOrDefault(id);
        }
    }

    /// <summary>Takes a search up; false when another runner has it, it is done, or the scheduler ends.</summary>
    /// <exception cref="Store.StoreUnavailableException">Its journal cannot be written.</exception>
    public async Task<bool> TryLaunchAsync(string id, CancellationToken cancellationToken)
    {
        if (await _tools.Searches.TryLeaseAsync(id, _tools.Options.Lease, cancellationToken) is not { } lease)
        {
            return false;
        }

        if (_tools.Searches.Read(id)!.Head.Status == SearchStatus.Done)
        {
            // Its runner has ended it since the caller looked.
            await _tools.Searches.ReleaseAsync(lease, CancellationToken.None);
            return false;
        }

        var record = await _tools.Searches.AppendAsync(lease, _tools.Turned(SearchStatus.Running), CancellationToken.None);
        var runner = new SearchRunner(_tools, lease, new LiveSearch(record.Head));
        if (TryStart(id, runner))
        {
            _ = ForgetAsync(id, runner);
            return true;
        }

        // The scheduler goes down: any other may take the search up at once.
        await _tools.Searches.AppendAsync(lease, _tools.Turned(SearchStatus.Interrupted), CancellationToken.None);
        await _tools.Searches.ReleaseAsync(lease, CancellationToken.None);
        return false;
    }

    /// <summary>Says of every search that was running when its scheduler ended, and that no other has taken up, that it was interrupted.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var record in _tools.Searches.List().Where(record => record.Head.Status == SearchStatus.Running))
            {
                await _tools.TryTurnAsync(
                    record.Id, lease => lease.IsCancelWished ? SearchStatus.Cancelled : SearchStatus.Interrupted, cancellationToken);
            }
        }
        catch (Store.StoreUnavailableException exception)
        {
            // They can be resumed as they are, once their leases are over.
            SearchLog.NotInterrupted(_tools.Logger, exception.Message);
        }

        // Watchers hold calls open, so runners end when the drain begins and not only when all calls have ended.
        _drain.Token.Register(() => StopAll());
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(StopAll()).WaitAsync(cancellationToken);

    private List<Task> StopAll()
    {
        List<SearchRunner> runners;
        lock (_gate)
        {
            _isClosed = true;
            runners = [.. _runners.Values];
        }

        runners.ForEach(runner => runner.Stop(StopReason.Draining));
        return [.. runners.Select(runner => runner.Completed)];
    }

    private bool TryStart(string id, SearchRunner runner)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _runners[id] = runner;
            runner.Start();
            return true;
        }
    }

    private async Task ForgetAsync(string id, SearchRunner runner)
    {
        await runner.Completed;
        lock (_gate)
        {
            if (_runners.GetValueOrDefault(id) == runner)
            {
                _runners.Remove(id);
            }
        }
    }
}
