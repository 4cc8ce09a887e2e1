using System.Collections.Immutable;
using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios in which schedulers come and go for good, with Redis.</summary>
internal static class FleetScenarios
{
    private static readonly StackPlan Growing = RedisScenarios.Durable with
    {
        Schedulers = 3,
        LateSchedulers = 1,
        ExecutorArguments = [.. FileScenarios.QuickExecutor, "--Planning:ResolveInterval", "00:00:01"],
    };

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("replica-added", "a third scheduler joins, both others are killed in turn, one comes back, the third ends for good, the other comes back", Growing, AddSchedulerAsync),
    ];

    private static async Task AddSchedulerAsync(ScenarioContext context)
    {
        var third = context.Stack.Schedulers[^1];
        var firsts = context.InTurn(context.Stack.PresentSchedulers);
        await third.StartAsync();
        context.Note($"{third.Name} has joined");
        await context.UntilProgressAsync();
        foreach (var scheduler in firsts)
        {
            context.Note($"kill {scheduler.Name}");
            await scheduler.KillAsync();
            await context.UntilProgressAsync();
        }

        await UntilServedByAsync(context, third);
        await firsts[0].StartAsync();
        context.Note($"{firsts[0].Name} is back, {third.Name} ends for good");
        await third.RemoveAsync();
        await UntilServedByAsync(context, firsts[0]);
        await firsts[1].StartAsync();
        context.Note($"{firsts[1].Name} is back");
        await context.LetRunAsync(2);
    }

    /// <summary>Waits until the only scheduler that runs has all executors, and each serves by a plan that it did not make itself.</summary>
    private static async Task UntilServedByAsync(ScenarioContext context, SchedulerNode scheduler)
    {
        foreach (var executor in context.Stack.Executors)
        {
            await context.UntilAsync(
                async () => (await scheduler.ExecutorsAsync()).Any(status => status.Connected && status.ExecutorId == executor.Name), $"{executor.Name} has come to {scheduler.Name}");
            await context.UntilAsync(
                context.Now,
                after => after.Of<HistoryEvent.Admitted>().Any(admitted => admitted.Message.ExecutorId == executor.Name && !admitted.Message.Stale),
                $"{executor.Name} serves by plans of {scheduler.Name}");
        }

        await context.UntilProgressAsync();
    }
}
