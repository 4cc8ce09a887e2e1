using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Fovea.Executor.Planning;

/// <summary>Knows the schedulers that can be dialled now; names are looked up anew whenever it is asked.</summary>
/// <remarks>Owned by one loop.</remarks>
internal sealed class SchedulerDirectory
{
    private readonly ImmutableArray<SchedulerTarget> _targets;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly TimeSpan _timeout;
    private readonly ILogger _logger;
    private readonly Dictionary<SchedulerTarget, ImmutableArray<SchedulerEndpoint>> _found = [];

    /// <summary>Looks names up by <paramref name="lookUp"/>, for as long as a connection may take.</summary>
    public SchedulerDirectory(PlanningOptions options, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, ILogger logger)
    {
        _targets = options.Targets;
        _lookUp = lookUp;
        _timeout = options.ConnectTimeout;
        _logger = logger;
    }

    /// <summary>Returns every scheduler once, by address; of a name that cannot be looked up, those found last.</summary>
    public async Task<ImmutableArray<SchedulerEndpoint>> ResolveAsync(CancellationToken cancellationToken)
    {
        var all = new List<SchedulerEndpoint>();
        foreach (var target in _targets)
        {
            all.AddRange(target.IsResolved ? await LookUpAsync(target, cancellationToken).ConfigureAwait(false) : [target.ToEndpoint()]);
        }

        return [.. all.DistinctBy(endpoint => endpoint.Address).OrderBy(endpoint => endpoint.Address.AbsoluteUri, StringComparer.Ordinal)];
    }

    private async Task<ImmutableArray<SchedulerEndpoint>> LookUpAsync(SchedulerTarget target, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            var addresses = await _lookUp(target.Host, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            _found[target] = [.. addresses.Select(target.ToEndpoint)];
        }
        catch (Exception e) when ((e is SocketException or OperationCanceledException or ArgumentException) && !cancellationToken.IsCancellationRequested)
        {
            PlanningLog.NotResolved(_logger, target.Host, e.Message);
        }

        return _found.GetValueOrDefault(target, []);
    }
}
