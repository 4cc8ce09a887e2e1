using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Gathers what executors report of one canary and of the version beside it.</summary>
/// <remarks>
/// What an executor has reported stays counted when it goes away. Owned by one thread at a time.
/// </remarks>
internal sealed class CanaryEvidence
{
    private readonly CanaryKey _key;
    private readonly Dictionary<(string Executor, string Process), Pair> _executors = [];

    /// <summary>Starts with nothing.</summary>
    public CanaryEvidence(CanaryKey key) => _key = key;

    /// <summary>Gets what the canary served.</summary>
    public ArmTotals Canary => Sum(pair => pair.Canary);

    /// <summary>Gets what the version beside it served.</summary>
    public ArmTotals Rest => Sum(pair => pair.Rest);

    /// <summary>Takes the newest report of an executor; returns what is wrong with it, once for each of its processes, or an empty text.</summary>
    public string Take(ExecutorStatus status)
    {
        if (status.Load is not { Arms.Count: > 0 } load || status.AppliedEpoch != _key.Epoch)
        {
            return string.Empty;
        }

        var fault = string.Empty;
        foreach (var arm in load.Arms.Where(arm => arm.Policy == _key.Policy))
        {
            var isMine = arm.PolicyRevision == (arm.Canary ? _key.Revision : _key.RestRevision);
            if (isMine)
            {
                fault = Take((status.ExecutorId, load.Process), arm, fault);
            }
        }

        return fault;
    }

    private string Take((string Executor, string Process) reporter, ArmReport arm, string fault)
    {
        if (!_executors.TryGetValue(reporter, out var pair))
        {
            _executors.Add(reporter, pair = new Pair());
        }

        if (ArmCheck.FaultOf(arm) is { Length: > 0 } found)
        {
            var isNew = !pair.IsFaulty;
            pair.IsFaulty = true;
            return isNew ? found : fault;
        }

        (arm.Canary ? pair.Canary : pair.Rest).Take(arm, isNamed: reporter.Process.Length > 0);
        return fault;
    }

    private ArmTotals Sum(Func<Pair, ArmTally> arm) =>
        _executors.Values.Aggregate(ArmTotals.None, (sum, pair) => sum.Plus(arm(pair).Total));

    private sealed class Pair
    {
        public ArmTally Canary { get; } = new();

        public ArmTally Rest { get; } = new();

        public bool IsFaulty { get; set; }
    }
}
