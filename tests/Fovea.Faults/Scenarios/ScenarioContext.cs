using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Load;
using Fovea.Faults.Processes;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Scenarios;

/// <summary>What a fault works on.</summary>
internal sealed class ScenarioContext
{
    private const int Some = 3;

    private readonly Scenario _scenario;
    private readonly Recorder _recorder;
    private readonly List<string> _missed = [];
    private readonly Random _random;
    private readonly double _scale;
    private readonly int _seed;

    /// <summary>Makes a context; <paramref name="seed"/> chooses what comes first and <paramref name="scale"/> stretches all times.</summary>
    public ScenarioContext(Scenario scenario, FaultStack stack, Recorder recorder, int seed, double scale)
    {
        _scenario = scenario;
        Stack = stack;
        _recorder = recorder;
        _random = new Random(seed);
        _seed = seed;
        _scale = scale;
    }

    /// <summary>Gets the processes.</summary>
    public FaultStack Stack { get; }

    /// <summary>Gets whether requests were answered and changes acknowledged each time that this was waited for.</summary>
    public bool HasRecovered { get; private set; } = true;

    /// <summary>Gets what was expected and did not happen.</summary>
    public IReadOnlyList<string> Missed => _missed;

    /// <summary>Gets the end of the history so far: what <see cref="After"/> goes on from.</summary>
    public int Now => _recorder.Count;

    /// <summary>Returns what has happened since an earlier <see cref="Now"/>.</summary>
    public History After(int then) => _recorder.TakeAfter(then);

    /// <summary>Notes in the history what is done.</summary>
    public void Note(string what) => _recorder.Add(new HistoryEvent.Fault(what));

    /// <summary>Returns all of them in an order that the seed chooses.</summary>
    public IReadOnlyList<T> InTurn<T>(IEnumerable<T> all)
    {
        var order = all.ToArray();
        _random.Shuffle(order);
        return order;
    }

    /// <summary>Counts as a violation when something is not so.</summary>
    public void Expect(bool holds, string what)
    {
        if (!holds)
        {
            _missed.Add(what);
        }
    }

    /// <summary>Waits until something is so, and counts it as a violation when it never is; a call that fails says that it is not yet.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what) => Expect(await Waiting.TryUntilAsync(() => TryAsync(condition), Limits.Rest), what);

    /// <summary>Waits until something has happened since then.</summary>
    public Task UntilAsync(int then, Func<History, bool> condition, string what) => UntilAsync(() => Task.FromResult(condition(After(then))), what);

    /// <summary>Applies a policy and records what becomes of it; null when it was not acknowledged.</summary>
    public async Task<ApplyPolicyResponse?> ApplyAsync(SchedulerNode scheduler, string swap, ApplyPolicyRequest request)
    {
        _recorder.Add(new HistoryEvent.CommitSent(swap, scheduler.Name, request.Policy));
        try
        {
            request.Reason = swap;
            var response = await scheduler.Policies.ApplyPolicyAsync(request, deadline: Channels.Deadline(Limits.Call));
            _recorder.Add(new HistoryEvent.Committed(swap, response.Policy));
            return response;
        }
        catch (RpcException exception)
        {
            var isCertain = exception.StatusCode is StatusCode.InvalidArgument or StatusCode.ResourceExhausted or StatusCode.FailedPrecondition;
            _recorder.Add(new HistoryEvent.NotCommitted(swap, exception.StatusCode, isCertain, exception.Status.Detail));
            return null;
        }
    }

    /// <summary>Runs further clients while something goes on.</summary>
    public async Task SurgeAsync(LoadOptions options, Func<Task> duringAsync)
    {
        using var stop = new CancellationTokenSource();
        var load = new LoadGenerator(_recorder, Stack.Executors, options, _seed).RunAsync(stop.Token);
        try
        {
            await duringAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }
    }

    /// <summary>Waits until some more requests are answered and some more changes acknowledged, as far as the scenario has them.</summary>
    public async Task UntilProgressAsync()
    {
        var (answers, commits) = (_recorder.Answers + Some, _recorder.Commits + Some);
        HasRecovered &= await Waiting.TryUntilAsync(
            () => Task.FromResult(
                (_scenario.Load is null || _recorder.Answers >= answers) && (_scenario.SwapsPerSecond == 0 || _recorder.Commits >= commits)),
            Limits.Rest);
    }

    /// <summary>Lets load and swaps go on until this many requests were answered.</summary>
    public Task UntilAnsweredAsync(int requests) =>
        Waiting.UntilAsync(() => Task.FromResult(_recorder.Answers >= requests), Limits.Long, FormattableString.Invariant($"{requests} answers"));

    /// <summary>Lets load and swaps go on for this long, times the scale of the run.</summary>
    public Task LetRunAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * (_scenario.IsLong ? 1 : _scale)));

    private static async Task<bool> TryAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
