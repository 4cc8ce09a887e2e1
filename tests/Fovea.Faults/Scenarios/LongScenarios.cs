using System.Collections.Immutable;
using Fovea.Faults.Load;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios that take many minutes, because what they show is that nothing adds up.</summary>
internal static class LongScenarios
{
    private const int ManyRequests = 100_000;
    private const double TenMinutes = 600;
    private const int Rounds = 25;

    private static readonly StackPlan Plan = new()
    {
        Schedulers = 2,
        UsesRedis = true,
        SchedulerArguments = FileScenarios.QuickScheduler,
        ExecutorArguments = FileScenarios.QuickExecutor,
    };

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("swap-storm", "no fault; 100,000 requests while policies change ten times a second", Plan, context => context.UntilAnsweredAsync(ManyRequests))
        {
            IsLong = true,
            Load = new LoadOptions { Clients = 12, Pause = TimeSpan.Zero, Tokens = 2 },
        },
        new("redis-away", "Redis is killed, away for ten minutes, and comes back with all it acknowledged", Plan, LoseRedisAsync)
        {
            IsLong = true,
            SwapsPerSecond = 1,
            Load = new LoadOptions { Clients = 2, Pause = TimeSpan.FromMilliseconds(50), Tokens = 2 },
        },
        new("rolling-restarts", "100 restarts in order, of each executor and each scheduler in turn; no answer may break off", Plan, RestartAsync)
        {
            IsLong = true,
            SwapsPerSecond = 2,
            Load = new LoadOptions { Tokens = 12 },
            MaxBroken = 0,
        },
    ];

    private static async Task LoseRedisAsync(ScenarioContext context)
    {
        context.Note("kill redis");
        await context.Stack.Redis!.KillAsync();
        await context.LetRunAsync(TenMinutes);
        await context.Stack.Redis.StartAsync();
        context.Note("redis is back");
    }

    private static async Task RestartAsync(ScenarioContext context)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var node in (Node[])[.. context.Stack.Executors, .. context.Stack.Schedulers])
            {
                context.Note($"end {node.Name}");
                await node.TerminateAsync();
                await node.StartAsync();
                context.Note($"{node.Name} is back");
                await context.UntilProgressAsync();
            }
        }
    }
}
