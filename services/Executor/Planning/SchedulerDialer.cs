using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Opens connections to schedulers.</summary>
/// <remarks>Owned by one loop.</remarks>
internal sealed class SchedulerDialer
{
    private readonly ConnectionTools _tools;
    private readonly ExecutorIdentity _identity;

    /// <summary>Dials in the name of an executor.</summary>
    public SchedulerDialer(ConnectionTools tools, ExecutorIdentity identity)
    {
        _tools = tools;
        _identity = identity;
    }

    /// <summary>How the last attempt that failed, or the last connection, has ended.</summary>
    public ConnectionEnd LastEnd { get; private set; } = new(Status.DefaultSuccess, null);

    /// <summary>Notes how a connection that was accepted has ended.</summary>
    public void Ended(ConnectionEnd end) => LastEnd = end;

    /// <summary>Returns a connection that the scheduler has accepted, or null when it does not in time.</summary>
    public async Task<SchedulerConnection?> DialAsync(SchedulerEndpoint scheduler, CancellationToken stop)
    {
        var connection = new SchedulerConnection(scheduler, _tools, _identity);
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(stop))
        {
            await Task.WhenAny(connection.Opened, connection.Ended, Task.Delay(_tools.Options.OpenTimeout, _tools.Time, limit.Token)).ConfigureAwait(false);
            await limit.CancelAsync().ConfigureAwait(false);
        }

        if (connection.Opened.IsCompletedSuccessfully && !stop.IsCancellationRequested)
        {
            PlanningLog.Connected(_tools.Logger, scheduler.ToString());
            return connection;
        }

        connection.Leave($"the streams were not accepted within {_tools.Options.OpenTimeout} (Planning:OpenTimeout)");
        LastEnd = await connection.Ended.ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        PlanningLog.DialFailed(_tools.Logger, scheduler.ToString(), LastEnd.Status.StatusCode, LastEnd.Status.Detail);
        return null;
    }
}
