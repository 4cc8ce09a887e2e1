using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
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
    private readonly double _scale;

    /// <summary>Makes a context; <paramref name="scale"/> stretches all times.</summary>
    public ScenarioContext(Scenario scenario, FaultStack stack, Recorder recorder, double scale)
    {
        _scenario = scenario;
        Stack = stack;
        _recorder = recorder;
        _scale = scale;
    }

    /// <summary>Gets the processes.</summary>
    public FaultStack Stack { get; }

    /// <summary>Gets whether requests were answered and changes acknowledged each time that this was waited for.</summary>
    public bool HasRecovered { get; private set; } = true;

    /// <summary>Notes in the history what is done.</summary>
    public void Note(string what) => _recorder.Add(new HistoryEvent.Fault(what));

    /// <summary>Applies a policy, whatever is stored, and records what becomes of it.</summary>
    public async Task ApplyAsync(SchedulerNode scheduler, string swap, Policy policy)
    {
        _recorder.Add(new HistoryEvent.CommitSent(swap, scheduler.Name, policy));
        try
        {
            var response = await scheduler.Policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = policy, Reason = swap }, deadline: Channels.Deadline(Limits.Call));
            _recorder.Add(new HistoryEvent.Committed(swap, response.Policy));
        }
        catch (RpcException exception)
        {
            var isCertain = exception.StatusCode is StatusCode.InvalidArgument or StatusCode.ResourceExhausted or StatusCode.FailedPrecondition;
            _recorder.Add(new HistoryEvent.NotCommitted(swap, exception.StatusCode, isCertain, exception.Status.Detail));
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
}
