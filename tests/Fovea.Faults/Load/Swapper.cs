using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Load;

/// <summary>Changes policies at a steady rate through all schedulers in turn, by compare-and-set, and records what was acknowledged.</summary>
/// <remarks>
/// Every change is different from each before it, so that two revisions never serve by equal plans, and from the last few by much, so
/// that they keep different numbers of tokens.
/// </remarks>
internal sealed class Swapper
{
    private const double CanaryShare = 0.3;
    private const int Different = 20_000;

    private static readonly string[] Names = ["default", "second"];

    private readonly Recorder _recorder;
    private readonly IReadOnlyList<SchedulerNode> _schedulers;
    private readonly string _name;
    private readonly TimeSpan _interval;
    private readonly bool _usesCanaries;
    private readonly OverloadLadder? _ladder;
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private int _acknowledged;

    /// <summary>Makes a swapper; <paramref name="name"/> tells it from others that run beside it.</summary>
    public Swapper(Recorder recorder, IReadOnlyList<SchedulerNode> schedulers, string name, Scenarios.Scenario scenario)
    {
        _usesCanaries = scenario.UsesCanaries;
        _ladder = scenario.Ladder;
        _recorder = recorder;
        _schedulers = schedulers;
        _name = name;
        _interval = TimeSpan.FromSeconds(1 / scenario.SwapsPerSecond);
    }

    /// <summary>Gets how many changes were acknowledged so far.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Changes policies until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_interval);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var scheduler = _schedulers[number % _schedulers.Count];
            if (scheduler.IsRunning)
            {
                await SwapAsync(scheduler, number);
            }

            try
            {
                await timer.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Makes one change through a scheduler.</summary>
    public async Task SwapAsync(SchedulerNode scheduler, int number)
    {
        var policy = Make(number);
        var swap = FormattableString.Invariant($"{_name}-{number}");
        try
        {
            if (!_known.TryGetValue(policy.Name, out var expected))
            {
                expected = await CurrentAsync(scheduler, policy.Name);
            }

            _recorder.Add(new HistoryEvent.CommitSent(swap, scheduler.Name, policy));
            var request = new ApplyPolicyRequest { Policy = policy, ExpectedRevision = expected, Reason = swap };
            var response = await SendAsync(scheduler.Policies, request, number);
            _known[policy.Name] = response.Policy.Revision;
            Interlocked.Increment(ref _acknowledged);
            _recorder.Add(new HistoryEvent.Committed(swap, response.Policy));
        }
        catch (RpcException exception)
        {
            _known.Remove(policy.Name);
            var isCertain = exception.StatusCode is StatusCode.Aborted or StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.NotFound;
            _recorder.Add(new HistoryEvent.NotCommitted(swap, exception.StatusCode, isCertain, exception.Status.Detail));
        }
    }

    /// <summary>Applies; where canaries are used, every second change begins one and the next promotes or aborts it.</summary>
    private async Task<ApplyPolicyResponse> SendAsync(PolicyService.PolicyServiceClient policies, ApplyPolicyRequest request, int number)
    {
        var deadline = Channels.Deadline(Limits.Call);
        switch (_usesCanaries ? number % 4 : 0)
        {
            case 1:
                request.CanaryShare = CanaryShare;
                return await policies.ApplyPolicyAsync(request, deadline: deadline);
            case 2 when number % 8 == 2:
                return await policies.PromoteCanaryAsync(new() { Name = request.Policy.Name, ExpectedRevision = request.ExpectedRevision, Reason = request.Reason }, deadline: deadline);
            case 2:
                return await policies.AbortCanaryAsync(new() { Name = request.Policy.Name, ExpectedRevision = request.ExpectedRevision, Reason = request.Reason }, deadline: deadline);
            default:
                return await policies.ApplyPolicyAsync(request, deadline: deadline);
        }
    }

    private static async Task<long> CurrentAsync(SchedulerNode scheduler, string name)
    {
        try
        {
            return (await scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = name }, deadline: Channels.Deadline(Limits.Call))).Revision;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return 0;
        }
    }

    private Policy Make(int number)
    {
        var (coarse, fine) = ((number * 3) % 7, number % Different);
        var share = (0.2 + (0.1 * coarse) + (0.000004 * fine)).ToString("0.000000", CultureInfo.InvariantCulture);
        var mean = 0.5 + (0.05 * coarse) + (0.000002 * fine) + (0.0000004 * (_name[^1] % 5));
        var policy = new Policy { Name = Names[number % 5 == 4 && !_usesCanaries ? 1 : 0], Model = "*", Ladder = _ladder };
        policy.Rules.Add(new ClassRule { RequestClass = "*", Spec = $"uniform:r={share}" });
        policy.Rules.Add(new ClassRule { RequestClass = "count", Budget = new BudgetRule { Budget = new Budget { MeanKeep = mean } } });
        policy.Rules.Add(new ClassRule { RequestClass = "other", Budget = new BudgetRule { Budget = new Budget { FlopsShare = 0.5 + (mean / 2) } } });
        return policy;
    }
}
