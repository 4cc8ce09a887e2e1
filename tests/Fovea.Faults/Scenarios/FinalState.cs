using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Load;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Scenarios;

/// <summary>Waits until a stack is at rest and records where everyone stands.</summary>
internal sealed class FinalState
{
    private readonly FaultStack _stack;
    private readonly IReadOnlyList<FeedObserver> _observers;
    private readonly Recorder _recorder;

    /// <summary>Looks at a stack and its observers.</summary>
    public FinalState(FaultStack stack, IReadOnlyList<FeedObserver> observers, Recorder recorder)
    {
        _stack = stack;
        _observers = observers;
        _recorder = recorder;
    }

    /// <summary>Returns whether all schedulers, executors and observers came to stand at one revision, and the schedulers know it.</summary>
    public Task<bool> TryRestAsync() => Processes.Waiting.TryUntilAsync(IsAtRestAsync, Limits.Rest);

    /// <summary>Records where everyone stands; an executor that was started more than once is not asked for its counts.</summary>
    public async Task RecordAsync()
    {
        foreach (var scheduler in _stack.PresentSchedulers)
        {
            await RecordAsync(scheduler);
        }

        foreach (var executor in _stack.Executors)
        {
            if (await AppliedPoller.AskAsync(executor) is { } state)
            {
                _recorder.Add(new HistoryEvent.FinalApplied(executor.Name, state.Epoch, state.Revision, state.Digest));
            }

            if (executor is { Starts: 1, IsRunning: true })
            {
                foreach (var (outcome, count) in await executor.OutcomesAsync())
                {
                    _recorder.Add(new HistoryEvent.FinalOutcome(executor.Name, outcome, count));
                }
            }
        }

        foreach (var observer in _observers)
        {
            _recorder.Add(new HistoryEvent.FinalApplied(observer.Name, observer.Held.Epoch, observer.Held.Revision, observer.Digest));
        }
    }

    private async Task RecordAsync(SchedulerNode scheduler)
    {
        var policies = await scheduler.Policies.ListPoliciesAsync(new ListPoliciesRequest(), deadline: Channels.Deadline(Limits.Call));
        _recorder.Add(new HistoryEvent.FinalScheduler(scheduler.Name, policies));
        var fleet = await scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest(), deadline: Channels.Deadline(Limits.Call));
        foreach (var status in fleet.Executors)
        {
            _recorder.Add(new HistoryEvent.FinalFleet(scheduler.Name, status));
        }

        foreach (var policy in policies.Policies)
        {
            await RecordHistoryAsync(scheduler, policy.Policy.Name);
        }
    }

    private async Task RecordHistoryAsync(SchedulerNode scheduler, string policy)
    {
        try
        {
            var request = new GetPolicyHistoryRequest { Name = policy, Limit = 100 };
            var told = await scheduler.Policies.GetPolicyHistoryAsync(request, deadline: Channels.Deadline(Limits.Call));
            foreach (var version in told.Versions)
            {
                _recorder.Add(new HistoryEvent.Told(version));
            }
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            // Acknowledgements and snapshots must do.
        }
    }

    private async Task<bool> IsAtRestAsync()
    {
        try
        {
            var newest = default(Position?);
            foreach (var scheduler in _stack.PresentSchedulers)
            {
                var policies = await scheduler.Policies.ListPoliciesAsync(new ListPoliciesRequest(), deadline: Channels.Deadline(Limits.Call));
                var at = new Position(policies.Epoch, policies.Revision);
                if (newest is { } other && other != at)
                {
                    return false;
                }

                newest = at;
            }

            return newest is { } rest && await HaveArrivedAsync(rest) && await AreListedAsync(rest);
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private async Task<bool> HaveArrivedAsync(Position rest)
    {
        foreach (var executor in _stack.Executors)
        {
            if (await AppliedPoller.AskAsync(executor) is not { PlanState: "ready" } state || new Position(state.Epoch, state.Revision) != rest)
            {
                return false;
            }
        }

        return _observers.All(observer => observer.Held == rest);
    }

    private async Task<bool> AreListedAsync(Position rest)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scheduler in _stack.PresentSchedulers)
        {
            var fleet = await scheduler.Fleet.ListExecutorsAsync(new ListExecutorsRequest(), deadline: Channels.Deadline(Limits.Call));
            foreach (var status in fleet.Executors.Where(status => status.Connected))
            {
                if (new Position(status.AppliedEpoch, status.AppliedRevision) != rest)
                {
                    return false;
                }

                listed.Add(status.ExecutorId);
            }
        }

        return _stack.Executors.Select(executor => executor.Name).Concat(_observers.Select(observer => observer.Name)).All(listed.Contains);
    }
}
