using Fovea.Cli.Generation;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Demo;

/// <summary>Is a scheduler with a fresh store and an executor with the demo checkpoint, both running and connected.</summary>
internal sealed class DemoServices : IDisposable
{
    private const string Ready = "ready";

    // On a busy machine the first plans take longer than a server would wait for them; the demo is to show the scheduler's own.
    private const string PlanTimeout = "00:00:10";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    private readonly ServiceProcess _schedulerProcess;
    private readonly ServiceProcess _executorProcess;
    private readonly TimeProvider _time;

    private DemoServices(ServiceProcess scheduler, ServiceProcess executor, (Uri Scheduler, Uri Executor) addresses, TimeProvider time)
    {
        (_schedulerProcess, _executorProcess, _time) = (scheduler, executor, time);
        Scheduler = new ServiceSession(addresses.Scheduler, CallTimeout, time);
        Executor = new ServiceSession(addresses.Executor, CallTimeout, time);
    }

    /// <summary>Gets the scheduler.</summary>
    public ServiceSession Scheduler { get; }

    /// <summary>Gets the executor.</summary>
    public ServiceSession Executor { get; }

    /// <summary>Starts both and waits until the executor follows the scheduler.</summary>
    /// <param name="paths">The checkout.</param>
    /// <param name="folder">Empty folder for the store and the logs.</param>
    /// <param name="time">Clock for limits.</param>
    /// <param name="cancellationToken">Stops both.</param>
    public static async Task<DemoServices> StartAsync(DemoPaths paths, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        ServiceProcess? scheduler = null;
        ServiceProcess? executor = null;
        try
        {
            scheduler = ServiceProcess.Start(paths.Scheduler, folder, ["--store", Path.Combine(folder, "store")]);
            var schedulerAddress = await scheduler.AddressAsync(time, cancellationToken);
            executor = ServiceProcess.Start(
                paths.Executor,
                folder,
                [
                    "--model", paths.Model, "--dtype", "fp32", "--scheduler", schedulerAddress.ToString(), "--state", Path.Combine(folder, "state"),
                    "--Planning:PlanTimeout", PlanTimeout,
                ]);
            var executorAddress = await executor.AddressAsync(time, cancellationToken);
            var services = new DemoServices(scheduler, executor, (schedulerAddress, executorAddress), time);
            await executor.WaitAsync(() => services.IsReadyAsync(0, cancellationToken), "follow the scheduler", time, cancellationToken);
            return services;
        }
        catch
        {
            executor?.Dispose();
            scheduler?.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the executor holds a snapshot of at least this revision.</summary>
    public Task FollowAsync(long revision, CancellationToken cancellationToken) =>
        _executorProcess.WaitAsync(() => IsReadyAsync(revision, cancellationToken), $"apply revision {revision}", _time, cancellationToken);

    /// <summary>Stops both by SIGTERM, executor first.</summary>
    /// <exception cref="CliException">One did not end in time, or ended with another exit code than 0.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _executorProcess.StopAsync(_time, cancellationToken);
        await _schedulerProcess.StopAsync(_time, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Executor.Dispose();
        Scheduler.Dispose();
        _executorProcess.Dispose();
        _schedulerProcess.Dispose();
    }

    private async Task<bool> IsReadyAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            DescribeModelResponse model = await new GenerationClient(Executor).DescribeAsync(cancellationToken);
            return model.PlanState == Ready && model.Revision >= revision;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }
}
