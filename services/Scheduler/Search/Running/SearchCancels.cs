using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Drain;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Cancels searches, on whatever scheduler they run.</summary>
/// <remarks>
/// A runner of this scheduler is stopped. A runner elsewhere is asked by a wish in the store, which it reads as it next renews its lease.
/// If it is dead its lease ends, and the search is turned here. That goes on when the caller has left, until the scheduler drains.
/// </remarks>
internal sealed class SearchCancels
{
    private const int LooksInLease = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly SearchTools _tools;
    private readonly SearchRunners _runners;
    private readonly DrainSignal _drain;

    /// <summary>Makes the part.</summary>
    public SearchCancels(SearchTools tools, SearchRunners runners, DrainSignal drain) => (_tools, _runners, _drain) = (tools, runners, drain);

    /// <summary>Completes once a search that runs has ended.</summary>
    /// <exception cref="StoreUnavailableException">The wish could not be made durable.</exception>
    /// <exception cref="RpcException">ABORTED when the search was taken up again meanwhile, UNAVAILABLE when the scheduler drains.</exception>
    public Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        if (_runners.Find(id) is { } runner)
        {
            runner.Stop(StopReason.Cancelled);
            return runner.Completed.WaitAsync(cancellationToken);
        }

        lock (_gate)
        {
            if (!_running.TryGetValue(id, out var cancel))
            {
                cancel = Task.Run(() => CancelElsewhereAsync(id), CancellationToken.None);
                _running[id] = cancel;
            }

            return cancel.WaitAsync(cancellationToken);
        }
    }

    private async Task CancelElsewhereAsync(string id)
    {
        try
        {
            await UntilEndedAsync(id, _drain.Token);
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"the scheduler drains while search {id} is being cancelled; cancel it again by another"));
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(id);
            }
        }
    }

    private async Task UntilEndedAsync(string id, CancellationToken end)
    {
        var asked = 0L;
        while (true)
        {
            var changed = _tools.Searches.Changed;
            var head = _tools.Searches.Read(id)!.Head;
            if (head.Status != SearchStatus.Running)
            {
                return;
            }

            if (asked != 0 && asked != head.FencingToken)
            {
                throw new RpcException(new Status(
                    StatusCode.Aborted, $"search {id} was asked to end, but was taken up again with fencing token {head.FencingToken}; cancel it again"));
            }

            asked = await AskAsync(id, head.FencingToken, asked, end);
            if (asked != 0)
            {
                await Task.WhenAny(changed, Task.Delay(_tools.Options.Lease / LooksInLease, _tools.Time, end));
                end.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Ends a search whose lease is over, else asks its runner; returns the token of the runner that was asked, 0 to look again.</summary>
    private async Task<long> AskAsync(string id, long token, long asked, CancellationToken cancellationToken)
    {
        try
        {
            if (await _tools.TryTurnAsync(id, _ => SearchStatus.Cancelled, cancellationToken))
            {
                return 0;
            }

            return asked != 0 || await _tools.Searches.TryWishCancelAsync(id, token, cancellationToken) ? token : 0;
        }
        catch (StoreUnavailableException) when (asked != 0)
        {
            // The wish is stored; whether it was heeded is seen once the store is back.
            return asked;
        }
    }
}
