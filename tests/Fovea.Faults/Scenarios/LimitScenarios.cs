using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Load;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios that reach limits on purpose, with Redis.</summary>
internal static class LimitScenarios
{
    private const int SnapshotBytes = 16 * 1024;

    private static readonly OverloadLadder Ladder = new()
    {
        Tiers = { new OverloadTier { Waiting = 3, Budget = new Budget { MeanKeep = 0.4 } }, new OverloadTier { Waiting = 5, Budget = new Budget { MeanKeep = 0.15 } } },
        HoldMs = 500,
    };

    private static readonly LoadOptions Surge = new() { Name = "surge", Clients = 24, Pause = TimeSpan.Zero };

    private static readonly StackPlan Narrow = RedisScenarios.Durable with
    {
        ExecutorArguments = [.. FileScenarios.QuickExecutor, "--Intake:MaxRunning", "2", "--Intake:QueueLimit", "6", "--Intake:RetryAfter", "00:00:00.100"],
    };

    private static readonly StackPlan Small = RedisScenarios.Durable with
    {
        SchedulerArguments = [.. FileScenarios.QuickScheduler, string.Create(CultureInfo.InvariantCulture, $"--Store:MaxSnapshotBytes={SnapshotBytes}")],
    };

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("overload", "24 clients more than the executors can serve, under policies with an overload ladder, until both tiers and refusals were seen", Narrow, OverloadAsync) { Ladder = Ladder, Load = new() { Clients = 2 }, MaxUnanswered = null },
        new("snapshot-too-large", "changes that would make the snapshot larger than its limit are refused, also when two race of which only one fits", Small, ExceedAsync),
    ];

    private static async Task OverloadAsync(ScenarioContext context)
    {
        var then = context.Now;
        context.Note("overload");
        await context.SurgeAsync(Surge, async () =>
        {
            foreach (var executor in context.Stack.Executors)
            {
                await context.UntilAsync(then, after => Tiers(after, executor).Contains(Ladder.Tiers.Count), $"{executor.Name} serves by the highest tier");
            }

            await context.UntilAsync(then, after => Refusals(after).Skip(5).Any(), "clients are refused");
            await context.LetRunAsync(2);
        });
        context.Note("overload ends");
        foreach (var executor in context.Stack.Executors)
        {
            await context.UntilAsync(async () => await AppliedPoller.AskAsync(executor) is { Load.OverloadTier: 0 }, $"the tier of {executor.Name} is 0 again");
        }

        var all = context.After(then);
        context.Expect(
            Refusals(all).All(failed => long.TryParse(failed.PushBackMs, CultureInfo.InvariantCulture, out var wait) && wait >= 100), "every RESOURCE_EXHAUSTED carries the wait that the executor asks for");
        var admitted = all.Of<HistoryEvent.Admitted>().DistinctBy(one => one.Attempt).ToDictionary(one => one.Attempt, TierOf, StringComparer.Ordinal);
        context.Expect(
            all.Of<HistoryEvent.Completed>().All(done => !admitted.TryGetValue(done.Attempt, out var tier) || tier == done.Message.OverloadTier), "every request keeps the tier that it was admitted with");
        then = context.Now;
        foreach (var executor in context.Stack.Executors)
        {
            await context.UntilAsync(then, after => Tiers(after, executor).Contains(0), $"{executor.Name} serves by tier 0 again");
        }
    }

    private static async Task ExceedAsync(ScenarioContext context)
    {
        var then = context.Now;
        for (var round = 0; round < 5; round++)
        {
            var schedulers = context.InTurn(context.Stack.Schedulers);
            await ApplyAsync(context, schedulers[0], "large", round, SnapshotBytes);
            context.Expect(!Committed(context, then, "large"), "a change beyond the limit is refused");
            var before = context.Now;
            await Task.WhenAll(ApplyAsync(context, schedulers[0], "left", round, SnapshotBytes * 2 / 3), ApplyAsync(context, schedulers[1], "right", round, SnapshotBytes * 2 / 3));
            context.Expect(Committed(context, before, "left") != Committed(context, before, "right"), "of two changes that do not fit together one is refused");
            await context.UntilProgressAsync();
            await ApplyAsync(context, schedulers[1], Committed(context, before, "left") ? "left" : "right", round, 0);
        }

        var all = context.After(then);
        context.Expect(
            all.Of<HistoryEvent.NotCommitted>().Count(lost => lost.Code == StatusCode.ResourceExhausted && lost.Message.Contains("Store:MaxSnapshotBytes", StringComparison.Ordinal)) == 10,
            "ten changes were refused by the limit of the snapshot");
        context.Expect(all.Of<HistoryEvent.FeedUpdate>().All(update => update.Snapshot.CalculateSize() <= SnapshotBytes), "no snapshot is larger than its limit");
    }

    private static Task ApplyAsync(ScenarioContext context, SchedulerNode scheduler, string name, int round, int bytes)
    {
        var policy = new Policy { Name = name, Model = "*", Rules = { new ClassRule { RequestClass = "*", Full = true } } };
        for (var rule = 0; policy.CalculateSize() < bytes; rule++)
        {
            policy.Rules.Add(new ClassRule { RequestClass = string.Create(CultureInfo.InvariantCulture, $"{name}-{round}-{rule:D40}"), Spec = "uniform:r=0.50,first=3" });
        }

        return context.ApplyAsync(scheduler, string.Create(CultureInfo.InvariantCulture, $"{name}-{round}-{bytes}"), new() { Policy = policy });
    }

    private static bool Committed(ScenarioContext context, int then, string name) =>
        context.After(then).Of<HistoryEvent.Committed>().Any(committed => committed.Stored.Policy.Name == name);

    private static IEnumerable<HistoryEvent.Failed> Refusals(History history) =>
        history.Of<HistoryEvent.Failed>().Where(failed => failed.Code == StatusCode.ResourceExhausted);

    private static int TierOf(HistoryEvent.Admitted admitted) => admitted.Message.Plan?.Provenance?.OverloadTier ?? 0;

    private static IEnumerable<int> Tiers(History history, ExecutorNode executor) =>
        history.Of<HistoryEvent.Admitted>().Where(admitted => admitted.Message.ExecutorId == executor.Name).Select(TierOf);
}
