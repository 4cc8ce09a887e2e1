using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Proxies;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios with Redis and two schedulers.</summary>
internal static class RedisScenarios
{
    private static readonly DirectionFault SlowLine =
        new() { Delay = TimeSpan.FromMilliseconds(200), Jitter = TimeSpan.FromMilliseconds(100), LossShare = 0.05 };

    private static readonly StackPlan Forgetful = Durable with { IsDurable = false };

    /// <summary>Gets two schedulers and two executors around a Redis that keeps every write.</summary>
    public static StackPlan Durable => new()
    {
        Schedulers = 2,
        UsesRedis = true,
        SchedulerArguments = FileScenarios.QuickScheduler,
        ExecutorArguments = FileScenarios.QuickExecutor,
    };

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("redis-calm", "no fault; two swappers race through both schedulers", Durable, context => context.LetRunAsync(4)) { Swappers = 2 },
        new("redis-kill", "Redis is killed, away for 3 s, and comes back with all it acknowledged", Durable, KillRedisAsync),
        new("redis-stop", "Redis is stopped for 4 s (SIGSTOP)", Durable, StopRedisAsync),
        new("redis-empty", "Redis is killed and comes back empty; an operator begins a new epoch", Forgetful, context => LoseRedisAsync(context, save: false)),
        new("redis-old", "Redis is killed and comes back from a snapshot 2 s old; an operator begins a new epoch", Forgetful, context => LoseRedisAsync(context, save: true)),
        new("hints-lost", "no published message reaches any scheduler", Durable with { LosesHints = true }, context => context.LetRunAsync(6)),
        new("redis-cut", "one scheduler cannot reach Redis for 5 s", Durable, context => CutAsync(context, ProxyFaults.Partition)),
        new("redis-deaf", "one scheduler's commands reach Redis, its answers get lost for 5 s", Durable, context => CutAsync(context, new ProxyFaults(DirectionFault.None, DirectionFault.Hole))),
        new("redis-slow", "200 ms +/- 100 ms delay and 5 % lost segments between one scheduler and Redis", Durable, context => CutAsync(context, ProxyFaults.Both(SlowLine))),
        new("redis-half-open", "one scheduler's connections to Redis go dead without a word", Durable, FreezeRedisAsync),
        new("replica-kill", "each of two schedulers is killed and started again in turn", Durable, KillSchedulersAsync),
        new("replica-roll", "each of two schedulers ends in order and is started again", Durable, RollSchedulersAsync),
        new("replica-half-open", "connections between executors and both schedulers go dead without a word", Durable, FileScenarios.HalfOpenAsync),
        new("replica-executor-kill", "an executor is killed and started again", Durable, FileScenarios.KillExecutorAsync),
        new("power-loss", "both schedulers, Redis and an executor are killed at once and started again", Durable, LosePowerAsync),
        new("canaries", "canaries begin, are promoted and aborted, while each scheduler is killed in turn", Durable, KillSchedulersAsync) { UsesCanaries = true },
        new("bad-policies", "20 policies with faults are applied between good ones", Durable, ApplyBadAsync),
        new("redis-empty-idle", "Redis comes back empty without load or swaps", Forgetful, context => LoseRedisAsync(context, save: false)) { Load = null, SwapsPerSecond = 0 },
        new("replica-kill-idle", "each scheduler is killed in turn without load, swaps go on", Durable, KillSchedulersAsync) { Load = null },
    ];

    private static async Task KillRedisAsync(ScenarioContext context)
    {
        context.Note("kill redis");
        await context.Stack.Redis!.KillAsync();
        await context.LetRunAsync(3);
        await context.Stack.Redis.StartAsync();
        context.Note("redis is back");
        await context.LetRunAsync(3);
    }

    private static async Task StopRedisAsync(ScenarioContext context)
    {
        context.Note("stop redis");
        context.Stack.Redis!.Stop();
        await context.LetRunAsync(4);
        context.Stack.Redis.Continue();
        context.Note("redis goes on");
        await context.LetRunAsync(2);
    }

    /// <summary>Redis loses what it had. Schedulers must not obey it; then an operator makes the newest of them begin a new epoch.</summary>
    private static async Task LoseRedisAsync(ScenarioContext context, bool save)
    {
        if (save)
        {
            await context.Stack.Redis!.SaveAsync();
            await context.LetRunAsync(2);
        }

        context.Note("kill redis");
        await context.Stack.Redis!.KillAsync();
        await context.LetRunAsync(1);
        await context.Stack.Redis.StartAsync();
        context.Note(save ? "redis is back, old" : "redis is back, empty");
        await context.LetRunAsync(3);
        var newest = await NewestAsync(context.Stack.Schedulers);
        context.Note($"new epoch by {newest.Name}");
        await newest.TerminateAsync();
        await newest.StartAsync(["--store-new-epoch"]);
        await context.LetRunAsync(3);
    }

    private static async Task<SchedulerNode> NewestAsync(IEnumerable<SchedulerNode> schedulers)
    {
        var positions = new List<(SchedulerNode Scheduler, Position Position)>();
        foreach (var scheduler in schedulers)
        {
            var policies = await scheduler.Policies.ListPoliciesAsync(new ListPoliciesRequest(), deadline: Channels.Deadline(Limits.Call));
            positions.Add((scheduler, new Position(policies.Epoch, policies.Revision)));
        }

        return positions.MaxBy(one => one.Position).Scheduler;
    }

    private static async Task CutAsync(ScenarioContext context, ProxyFaults faults)
    {
        context.Note("bad way to redis");
        context.Stack.RedisLinks[0].Faults = faults;
        await context.LetRunAsync(5);
        context.Stack.RedisLinks[0].Faults = ProxyFaults.None;
        context.Note("the way heals");
        await context.LetRunAsync(3);
    }

    private static async Task FreezeRedisAsync(ScenarioContext context)
    {
        context.Note("half-open to redis");
        context.Stack.RedisLinks[0].Freeze();
        await context.LetRunAsync(8);
    }

    private static async Task KillSchedulersAsync(ScenarioContext context)
    {
        foreach (var scheduler in context.InTurn(context.Stack.Schedulers))
        {
            context.Note($"kill {scheduler.Name}");
            await scheduler.KillAsync();
            await context.LetRunAsync(1.5);
            await scheduler.StartAsync();
            context.Note($"{scheduler.Name} is back");
            await context.LetRunAsync(1.5);
        }
    }

    private static async Task RollSchedulersAsync(ScenarioContext context)
    {
        foreach (var scheduler in context.InTurn(context.Stack.Schedulers))
        {
            context.Note($"end {scheduler.Name}");
            await scheduler.TerminateAsync();
            await context.LetRunAsync(1);
            await scheduler.StartAsync();
            context.Note($"{scheduler.Name} is back");
            await context.LetRunAsync(2);
        }
    }

    private static async Task LosePowerAsync(ScenarioContext context)
    {
        context.Note("kill all");
        Node[] killed = [.. context.Stack.Schedulers, context.Stack.Redis!, context.Stack.Executors[0]];
        await Task.WhenAll(killed.Select(node => node.KillAsync()));
        await context.LetRunAsync(1);
        await context.Stack.Redis!.StartAsync();
        await Task.WhenAll([.. context.Stack.Schedulers.Select(scheduler => scheduler.StartAsync()), context.Stack.Executors[0].StartAsync()]);
        context.Note("all are back");
        await context.LetRunAsync(2);
    }

    private static async Task ApplyBadAsync(ScenarioContext context)
    {
        for (var number = 0; number < 20; number++)
        {
            var policy = new Policy { Name = "default", Model = "*" };
            policy.Rules.Add(new ClassRule { RequestClass = "*", Spec = number % 2 == 0 ? "nonsense" : "uniform:r=7" });
            policy.Rules.Add(new ClassRule { RequestClass = "count", ScheduleId = "sch-0000" });
            await context.ApplyAsync(context.Stack.Schedulers[number % 2], FormattableString.Invariant($"bad-{number}"), new() { Policy = policy });
            await context.LetRunAsync(0.1);
        }
    }
}
