using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Load;
using Fovea.Faults.Processes;
using Fovea.Faults.Stacks;
using Fovea.Faults.Validators;

namespace Fovea.Faults.Scenarios;

/// <summary>Runs scenarios: starts a stack, loads it, does the fault, waits for rest, and judges the history.</summary>
internal sealed class ScenarioRunner
{
    private readonly string _logs;
    private readonly double _scale;
    private readonly bool _keepsAll;

    /// <summary>Makes a runner.</summary>
    /// <param name="logs">Folder that gets the logs and the history's faults of runs with violations.</param>
    /// <param name="scale">Stretches the times of all scenarios.</param>
    /// <param name="keepsAll">Whether it gets those of every run.</param>
    public ScenarioRunner(string logs, double scale, bool keepsAll = false)
    {
        _keepsAll = keepsAll;
        _logs = logs;
        _scale = scale;
    }

    /// <summary>Runs a scenario once.</summary>
    public async Task<ScenarioResult> RunAsync(Scenario scenario, int seed)
    {
        await using var stack = await FaultStack.StartAsync(scenario.Plan, seed);
        try
        {
            return await RunAsync(scenario, seed, stack);
        }
        catch
        {
            stack.KeepLogs(FolderOf(scenario, seed));
            throw;
        }
    }

    private async Task<ScenarioResult> RunAsync(Scenario scenario, int seed, FaultStack stack)
    {
        var recorder = new Recorder(TimeProvider.System);
        var model = await ModelAsync(stack);
        var observers = Enumerable.Range(0, scenario.Observers)
            .Select(index => new FeedObserver(recorder, FormattableString.Invariant($"observer-{index + 1}"), stack.Schedulers, index, model))
            .ToList();
        using var end = new CancellationTokenSource();
        var watching = Task.WhenAll([
            .. observers.Select(observer => observer.RunAsync(end.Token)),
            .. stack.Executors.Select(executor => new AppliedPoller(recorder, executor).RunAsync(end.Token))]);
        var final = new FinalState(stack, observers, recorder);
        await Waiting.UntilAsync(() => Task.FromResult(observers.All(observer => observer.Held.Revision > 0)), Limits.Rest, "observers hold a snapshot");

        var context = await StressAsync(scenario, seed, stack, recorder);

        var hasRested = await final.TryRestAsync();
        await final.RecordAsync();
        await end.CancelAsync();
        await watching;
        var history = recorder.Take() with { Model = ModelProfileMapping.ToDomain(model).Require() };
        var result = Judge(scenario, seed, history) with { HasRested = hasRested, HasRecovered = context.HasRecovered, Missed = context.Missed, Dead = stack.Dead };
        Keep(result, stack, history);
        return result;
    }

    private async Task<ScenarioContext> StressAsync(Scenario scenario, int seed, FaultStack stack, Recorder recorder)
    {
        using var stop = new CancellationTokenSource();
        var context = new ScenarioContext(scenario, stack, recorder, seed, _scale);
        var load = scenario.Load is { } options ? new LoadGenerator(recorder, stack.Executors, options, seed).RunAsync(stop.Token) : Task.CompletedTask;
        var swaps = Enumerable.Range(0, scenario.SwapsPerSecond > 0 ? scenario.Swappers : 0)
            .Select(index => new Swapper(recorder, [.. stack.Schedulers[index..], .. stack.Schedulers[..index]], FormattableString.Invariant($"s{index}"), scenario))
            .Select(swapper => Task.Run(() => swapper.RunAsync(stop.Token), CancellationToken.None));
        var all = Task.WhenAll([load, .. swaps]);
        try
        {
            await context.UntilProgressAsync();
            await scenario.FaultAsync(context);
            await context.UntilProgressAsync();
            return context;
        }
        finally
        {
            await stop.CancelAsync();
            await all;
        }
    }

    private static async Task<ModelProfile> ModelAsync(FaultStack stack)
    {
        var model = default(ModelProfile);
        foreach (var executor in stack.Executors)
        {
            await Waiting.UntilAsync(async () => await AppliedPoller.AskAsync(executor) is { PlanState: "ready" }, Limits.Start, $"{executor.Name} is ready");
            model = (await executor.Client.DescribeModelAsync(new DescribeModelRequest(), deadline: Channels.Deadline(Limits.Call))).Model;
        }

        return model!;
    }

    private static ScenarioResult Judge(Scenario scenario, int seed, History history)
    {
        var ended = history.Of<HistoryEvent.Ended>().ToList();
        return new ScenarioResult(scenario, seed, AllValidators.Check(history))
        {
            Requests = ended.Count,
            Unanswered = ended.Count(request => !request.IsAnswered),
            Broken = Attempt.AllOf(history).Count(attempt => attempt is { Admission: not null, Failures.Length: > 0 }),
            Latencies = RequestLatency.Of(history),
            Attempts = history.Of<HistoryEvent.Sent>().Count(),
            Stale = history.Of<HistoryEvent.Completed>().Count(completed => completed.Message.Stale),
            Swaps = history.Of<HistoryEvent.Committed>().Count(),
            Updates = history.Of<HistoryEvent.FeedUpdate>().Count(),
            Lags = UpdateLag.Of(history),
            Failures = Count(history.Of<HistoryEvent.Failed>().Select(failed => failed.Code.ToString())),
            Refusals = Count(history.Of<HistoryEvent.NotCommitted>().Select(lost => lost.Code.ToString())),
        };
    }

    private static ImmutableSortedDictionary<string, int> Count(IEnumerable<string> statuses) =>
        statuses.CountBy(status => status).ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private string FolderOf(Scenario scenario, int seed) => Path.Combine(_logs, FormattableString.Invariant($"{scenario.Name}-{seed}"));

    private void Keep(ScenarioResult result, FaultStack stack, History history)
    {
        if (result.Violations.Count == 0 && !_keepsAll)
        {
            return;
        }

        var folder = FolderOf(result.Scenario, result.Seed);
        stack.KeepLogs(folder);
        File.WriteAllLines(Path.Combine(folder, "violations.txt"), [result.ToString(), .. result.Violations.Select(violation => violation.ToString())]);
        File.WriteAllLines(Path.Combine(folder, "history.txt"), history.Events.Select(HistoryText.Of));
    }
}
