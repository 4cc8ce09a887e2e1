using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>Scenarios in which the guard of a canary acts, with Redis.</summary>
internal static class GuardScenarios
{
    private const string Guard = "canary-guard";
    private const string Name = "default";

    /// <summary>Gets all.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("guard-rollback", "a canary that keeps 2 in 100 breaks its guard by shadow runs, while the scheduler that began it is killed", RedisScenarios.Durable, BreakGuardAsync) { SwapsPerSecond = 4 },
    ];

    private static async Task BreakGuardAsync(ScenarioContext context)
    {
        var schedulers = context.InTurn(context.Stack.Schedulers);
        var then = context.Now;
        var begun = await context.ApplyAsync(schedulers[0], "ruin", Ruin());
        context.Note("a canary is on trial");
        await context.UntilAsync(then, after => Trials(after).Skip(5).Any(), "the canary serves");
        context.Note($"kill {schedulers[0].Name}");
        await schedulers[0].KillAsync();
        await context.UntilAsync(async () => (await CurrentAsync(schedulers[1])).Canary is not null, "the canary is still on trial after the kill");
        await context.UntilAsync(async () => await NextAsync(schedulers[1], begun) is not null, "the canary has ended while a scheduler is away");
        await schedulers[0].StartAsync();
        context.Note($"{schedulers[0].Name} is back");
        var ended = 0L;
        foreach (var scheduler in schedulers)
        {
            await context.UntilAsync(
                async () =>
                {
                    var next = await NextAsync(scheduler, begun);
                    ended = next?.Revision ?? 0;
                    return next is { Action: PolicyAction.CanaryFailed, Actor: Guard, Reason.Length: > 0, Policy.Canary: null } && next.Policy.Policy.Equals(begun?.Previous.Policy);
                },
                $"by the history of {scheduler.Name} the guard has ended the canary, says why, and the policy is as it was before");
        }

        await context.UntilProgressAsync();
        context.Expect(Trials(context.After(then)).All(admitted => admitted.Message.Plan.Provenance.Revision < ended), "no request of the revision at its end, or of a later one, is the canary's");
    }

    private static ApplyPolicyRequest Ruin() => new()
    {
        Policy = new Policy { Name = Name, Model = "*", Rules = { new ClassRule { RequestClass = "*", Spec = "uniform:r=0.02" } } },
        CanaryShare = 0.5,
        Guard = new CanaryGuard { MinRequests = 30, MinAgreement = 0.98, ShadowShare = 1, MaxTtftRatio = 1000 },
    };

    private static async Task<StoredPolicy> CurrentAsync(SchedulerNode scheduler) =>
        await scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = Name }, deadline: Channels.Deadline(Limits.Call));

    /// <summary>Returns what came of the policy next after a canary began, which swappers cannot change; null when nothing did yet.</summary>
    private static async Task<PolicyVersion?> NextAsync(SchedulerNode scheduler, ApplyPolicyResponse? begun)
    {
        var told = await scheduler.Policies.GetPolicyHistoryAsync(new GetPolicyHistoryRequest { Name = Name, Limit = 100 }, deadline: Channels.Deadline(Limits.Call));
        return told.Versions.Where(version => version.Revision > begun?.Policy.Revision).MinBy(version => version.Revision);
    }

    private static IEnumerable<HistoryEvent.Admitted> Trials(History history) =>
        history.Of<HistoryEvent.Admitted>().Where(admitted => admitted.Message.Plan?.Provenance is { Canary: true });
}
