using System.Collections.Immutable;
using Fovea.Faults.Proxies;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios with one scheduler and the file store.</summary>
internal static class FileScenarios
{
    /// <summary>Gets arguments that find dead connections within seconds, so that runs are short.</summary>
    public static ImmutableArray<string> QuickExecutor { get; } =
        ["--Planning:PingDelay", "00:00:01", "--Planning:PingTimeout", "00:00:01", "--Planning:FeedSilence", "00:00:03", "--Planning:ReconnectMax", "00:00:01"];

    /// <summary>Gets arguments that send heartbeats often.</summary>
    public static ImmutableArray<string> QuickScheduler { get; } = ["--Feed:Heartbeat=00:00:00.500"];

    private static DirectionFault SlowLine { get; } = new() { Delay = TimeSpan.FromMilliseconds(200), Jitter = TimeSpan.FromMilliseconds(100), LossShare = 0.05 };

    private static DirectionFault ThinLine { get; } = new() { BytesPerSecond = 20_000 };

    private static StackPlan Plan { get; } = new() { SchedulerArguments = QuickScheduler, ExecutorArguments = QuickExecutor };

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("calm", "no fault; one policy change every 100 ms under load", Plan, context => context.LetRunAsync(4)),
        new("scheduler-kill", "the scheduler is killed under load and swaps, away for 2 s, and started again", Plan, KillSchedulerAsync),
        new("scheduler-stop", "the scheduler is stopped for 5 s (SIGSTOP)", Plan, StopSchedulerAsync),
        new("executor-kill", "an executor is killed under load and started again", Plan, KillExecutorAsync),
        new("executor-stop", "an executor is stopped for 3 s (SIGSTOP)", Plan, StopExecutorAsync),
        new("half-open", "all connections between executors and scheduler go dead without a word; new ones work", Plan, HalfOpenAsync),
        new("one-way", "nothing reaches the executors from the scheduler for 5 s", Plan, context => DuringAsync(context, new ProxyFaults(DirectionFault.None, DirectionFault.Hole), 5)),
        new("other-way", "nothing reaches the scheduler from the executors for 5 s", Plan, context => DuringAsync(context, new ProxyFaults(DirectionFault.Hole, DirectionFault.None), 5)),
        new("slow-line", "200 ms +/- 100 ms delay and 5 % lost segments between executors and scheduler", Plan, context => DuringAsync(context, ProxyFaults.Both(SlowLine), 5)),
        new("thin-line", "20 kB/s from the scheduler to the executors: a consumer that does not keep up", Plan, context => DuringAsync(context, new ProxyFaults(DirectionFault.None, ThinLine), 5)),
        new("resets", "all connections between executors and scheduler are reset every 300 ms", Plan, ResetsAsync),
        new("scheduler-kill-idle", "the scheduler is killed without load or swaps", Plan, KillSchedulerAsync) { Load = null, SwapsPerSecond = 0 },
        new("half-open-idle", "half-open connections without load, swaps go on", Plan, HalfOpenAsync) { Load = null },
    ];

    /// <summary>Kills the first scheduler and starts it again after 2 s.</summary>
    public static async Task KillSchedulerAsync(ScenarioContext context)
    {
        context.Note("kill scheduler");
        await context.Stack.Schedulers[0].KillAsync();
        await context.LetRunAsync(2);
        await context.Stack.Schedulers[0].StartAsync();
        context.Note("scheduler is back");
        await context.LetRunAsync(2);
    }

    /// <summary>Kills an executor, which the seed chooses, and starts it again after 1 s.</summary>
    public static async Task KillExecutorAsync(ScenarioContext context)
    {
        var executor = context.InTurn(context.Stack.Executors)[0];
        context.Note($"kill {executor.Name}");
        await executor.KillAsync();
        await context.LetRunAsync(1);
        await executor.StartAsync();
        context.Note("executor is back");
        await context.LetRunAsync(2);
    }

    /// <summary>Makes every connection between executors and schedulers half-open, twice.</summary>
    public static async Task HalfOpenAsync(ScenarioContext context)
    {
        for (var round = 0; round < 2; round++)
        {
            context.Note("half-open");
            foreach (var link in context.Stack.SchedulerLinks.SelectMany(links => links))
            {
                link.Freeze();
            }

            await context.LetRunAsync(5);
        }
    }

    private static async Task StopSchedulerAsync(ScenarioContext context)
    {
        context.Note("stop scheduler");
        context.Stack.Schedulers[0].Stop();
        await context.LetRunAsync(5);
        context.Stack.Schedulers[0].Continue();
        context.Note("scheduler goes on");
        await context.LetRunAsync(2);
    }

    private static async Task StopExecutorAsync(ScenarioContext context)
    {
        context.Note("stop executor");
        context.Stack.Executors[0].Stop();
        await context.LetRunAsync(3);
        context.Stack.Executors[0].Continue();
        context.Note("executor goes on");
        await context.LetRunAsync(2);
    }

    private static async Task ResetsAsync(ScenarioContext context)
    {
        for (var round = 0; round < 10; round++)
        {
            context.Note("reset");
            foreach (var link in context.Stack.SchedulerLinks.SelectMany(links => links))
            {
                link.Reset();
            }

            await context.LetRunAsync(0.3);
        }
    }

    private static async Task DuringAsync(ScenarioContext context, ProxyFaults faults, double seconds)
    {
        context.Note("bad network");
        foreach (var link in context.Stack.SchedulerLinks.SelectMany(links => links))
        {
            link.Faults = faults;
        }

        await context.LetRunAsync(seconds);
        foreach (var link in context.Stack.SchedulerLinks.SelectMany(links => links))
        {
            link.Faults = ProxyFaults.None;
        }

        context.Note("network heals");
        await context.LetRunAsync(2);
    }
}
