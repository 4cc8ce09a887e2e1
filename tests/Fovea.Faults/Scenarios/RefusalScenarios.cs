using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Load;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios in which one executor cannot take what the schedulers have accepted, with Redis.</summary>
internal static class RefusalScenarios
{
    private const string Harmed = "harmed-on-its-way";
    private const int LeastSnapshotBytes = 64 * 1024;

    private static readonly StackPlan Harming = RedisScenarios.Durable with { HarmedText = Harmed };

    private static readonly StackPlan Tight = RedisScenarios.Durable with
    {
        FirstExecutorArguments = ["--Planning:MaxSnapshotBytes", LeastSnapshotBytes.ToString(CultureInfo.InvariantCulture)],
    };

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("executor-refuses", "a policy never reaches one executor unharmed, which refuses every snapshot that holds it, until it is replaced", Harming, context => RefuseAsync(context, Small(Harmed), IsNacked)) { SwapsPerSecond = 3 },
        new("executor-too-small", "a snapshot is larger than one executor takes (Planning:MaxSnapshotBytes), until the policy that makes it so is replaced", Tight, context => RefuseAsync(context, Large(), IsAway)) { SwapsPerSecond = 3 },
    ];

    /// <summary>The first executor cannot take a policy: it must be seen not to, go on with what it held, and heal.</summary>
    private static async Task RefuseAsync(ScenarioContext context, Policy bad, Func<ExecutorStatus, bool> isSeen)
    {
        var (refusing, other) = (context.Stack.Executors[0], context.Stack.Executors[1]);
        var scheduler = context.InTurn(context.Stack.Schedulers)[0];
        var applied = await context.ApplyAsync(scheduler, "bad", new() { Policy = bad });
        context.Note("a snapshot with the bad policy is on its way");
        await UntilListedAsync(context, scheduler, refusing, isSeen, $"{scheduler.Name} shows that {refusing.Name} does not take the newest snapshot");
        var (then, held) = (context.Now, await AppliedPoller.AskAsync(refusing));
        await context.UntilAsync(
            async () => await AppliedPoller.AskAsync(other) is { } state && state.Revision > applied?.Policy.Revision + 3, $"{other.Name} follows further changes");
        await context.UntilAsync(then, after => Admissions(after, refusing).Skip(5).Any(), $"{refusing.Name} serves");
        await context.LetRunAsync(2);
        context.Expect(
            held?.Revision < applied?.Policy.Revision && Admissions(context.After(then), refusing).All(admitted => admitted.Message.Plan?.Provenance?.Revision == held?.Revision),
            $"{refusing.Name} serves by the snapshot that it held");
        var healed = await context.ApplyAsync(scheduler, "good", new() { Policy = Small("good") });
        context.Note("the policy is replaced");
        await UntilListedAsync(
            context, scheduler, refusing, status => status is { Connected: true, LastNack.Length: 0 } && status.AppliedRevision >= healed?.Policy.Revision, $"{refusing.Name} has applied a snapshot with the replaced policy");
    }

    private static Task UntilListedAsync(ScenarioContext context, SchedulerNode scheduler, ExecutorNode executor, Func<ExecutorStatus, bool> condition, string what) =>
        context.UntilAsync(async () => (await scheduler.ExecutorsAsync()).Any(status => status.ExecutorId == executor.Name && condition(status)), what);

    private static bool IsNacked(ExecutorStatus status) => status is { Connected: true, Sync: SyncState.Nacked, LastNack.Length: > 0 };

    /// <summary>The feed breaks before the executor can answer.</summary>
    private static bool IsAway(ExecutorStatus status) => status is { Connected: false, Sync: SyncState.Behind };

    private static IEnumerable<HistoryEvent.Admitted> Admissions(History history, ExecutorNode executor) =>
        history.Of<HistoryEvent.Admitted>().Where(admitted => admitted.Message.ExecutorId == executor.Name);

    private static Policy Large()
    {
        var policy = Small("large");
        while (policy.CalculateSize() < 2 * LeastSnapshotBytes)
        {
            policy.Rules.Add(new ClassRule { RequestClass = string.Create(CultureInfo.InvariantCulture, $"large-{policy.Rules.Count:D50}"), Spec = "uniform:r=0.5" });
        }

        return policy;
    }

    /// <summary>Makes a policy that serves nobody.</summary>
    private static Policy Small(string requestClass) =>
        new() { Name = "third", Model = "*", Rules = { new ClassRule { RequestClass = requestClass, Spec = "uniform:r=0.5" }, new ClassRule { RequestClass = "*", Full = true } } };
}
