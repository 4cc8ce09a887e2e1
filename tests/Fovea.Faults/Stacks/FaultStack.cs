using System.Collections.Immutable;
using Fovea.Faults.Processes;
using Fovea.Faults.Proxies;

namespace Fovea.Faults.Stacks;

/// <summary>Schedulers, executors and Redis as processes, with a fault proxy on every connection between two of them.</summary>
/// <remarks>Clients and observers of the test reach schedulers and executors directly.</remarks>
internal sealed class FaultStack : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-faults-").FullName;
    private readonly List<FaultProxy> _proxies = [];

    private FaultStack(StackPlan plan, int seed)
    {
        Redis = plan.UsesRedis ? new RedisNode(_folder, plan.IsDurable) : null;
        RedisLinks = [.. Enumerable.Range(0, plan.UsesRedis ? plan.Schedulers : 0).Select(index => Proxy(() => Redis!.Port, seed + index))];
        foreach (var link in plan.LosesHints ? RedisLinks : [])
        {
            link.ToClientFilter = () => new RespMessageFilter(() => true);
        }

        Schedulers = [.. Enumerable.Range(0, plan.Schedulers).Select(index => new SchedulerNode(
            FormattableString.Invariant($"scheduler-{index + 1}"), _folder, plan.UsesRedis ? StoreArguments(index) : null, plan.SchedulerArguments))];
        foreach (var late in Schedulers.TakeLast(plan.LateSchedulers))
        {
            late.LeaveOut();
        }

        SchedulerLinks = [.. Enumerable.Range(0, plan.Executors).Select(
            executor => Schedulers.Select((scheduler, index) => Proxy(() => scheduler.Port, seed + (100 * (executor + 1)) + index)).ToImmutableArray())];
        foreach (var link in plan.HarmedText.Length > 0 ? SchedulerLinks[0] : [])
        {
            link.ToClientFilter = () => new TextHarmFilter(plan.HarmedText);
        }

        Executors = [.. SchedulerLinks.Select((links, index) => new ExecutorNode(
            FormattableString.Invariant($"executor-{index + 1}"), _folder, string.Join(',', links.Select(link => Ports.Url(link.Port))), [.. plan.ExecutorArguments, .. index == 0 ? plan.FirstExecutorArguments : []]))];
    }

    /// <summary>Gets the Redis server, or null.</summary>
    public RedisNode? Redis { get; }

    /// <summary>Gets the schedulers.</summary>
    public ImmutableArray<SchedulerNode> Schedulers { get; }

    /// <summary>Gets the executors.</summary>
    public ImmutableArray<ExecutorNode> Executors { get; }

    /// <summary>Gets the way of each scheduler to Redis.</summary>
    public ImmutableArray<FaultProxy> RedisLinks { get; }

    /// <summary>Gets the ways of each executor to each scheduler, by executor.</summary>
    public ImmutableArray<ImmutableArray<FaultProxy>> SchedulerLinks { get; }

    /// <summary>Gets the schedulers without those that join later or were removed.</summary>
    public ImmutableArray<SchedulerNode> PresentSchedulers => [.. Schedulers.Where(scheduler => !scheduler.IsAbsent)];

    /// <summary>Gets the names of processes that do not run although they should.</summary>
    public ImmutableArray<string> Dead => [.. Nodes().Where(node => node is { IsRunning: false, IsAbsent: false }).Select(node => node.Name)];

    /// <summary>Starts all processes.</summary>
    public static async Task<FaultStack> StartAsync(StackPlan plan, int seed)
    {
        var stack = new FaultStack(plan, seed);
        try
        {
            if (stack.Redis is { } redis)
            {
                await redis.StartAsync();
            }

            await Task.WhenAll(stack.PresentSchedulers.Select(scheduler => scheduler.StartAsync()));
            await Task.WhenAll(stack.Executors.Select(executor => executor.StartAsync()));
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps the logs of all processes below a folder.</summary>
    public void KeepLogs(string folder)
    {
        foreach (var log in Directory.EnumerateFiles(_folder, "output.log", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder);
            File.Copy(log, Path.Combine(folder, $"{Path.GetFileName(Path.GetDirectoryName(log))}.log"), overwrite: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes())
        {
            await node.DisposeAsync();
        }

        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<Node> Nodes() => [.. Executors, .. Schedulers, .. Redis is null ? Array.Empty<Node>() : [Redis]];

    private IReadOnlyList<string> StoreArguments(int scheduler) =>
    [
        "--store", Path.Combine(_folder, FormattableString.Invariant($"scheduler-{scheduler + 1}"), "store"),
        "--redis", FormattableString.Invariant($"127.0.0.1:{RedisLinks[scheduler].Port}"),
    ];

    private FaultProxy Proxy(Func<int> target, int seed)
    {
        var proxy = new FaultProxy(target, seed, TimeProvider.System);
        _proxies.Add(proxy);
        return proxy;
    }
}
