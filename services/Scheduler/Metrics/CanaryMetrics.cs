using System.Diagnostics.Metrics;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Metrics;

/// <summary>Owns the instruments of canaries.</summary>
internal sealed class CanaryMetrics
{
    private readonly Counter<long> _ended;

    /// <summary>Makes the instruments; running canaries are read from <paramref name="store"/> whenever they are asked for.</summary>
    public CanaryMetrics(IMeterFactory factory, ISchedulerStore store)
    {
        var meter = factory.Create(SchedulerMetrics.MeterName);
        _ended = meter.CreateCounter<long>("scheduler_canary_ended_total", description: "Canaries ended here, by how");
        meter.CreateObservableGauge("scheduler_canary_share", () => Shares(store), "1", "Share of requests that each running canary serves, by policy");
    }

    /// <summary>Counts a canary that its guard ended.</summary>
    public void Ended(CanaryFinding finding) => Ended(finding switch
    {
        CanaryFinding.Refused => "refused",
        CanaryFinding.Errors => "errors",
        CanaryFinding.Agreement => "agreement",
        CanaryFinding.Latency => "latency",
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "ends no canary"),
    });

    /// <summary>Counts a canary that an operator's change of the policy ended.</summary>
    public void Ended(PolicyAction action) => Ended(action switch
    {
        PolicyAction.CanaryPromoted => "promoted",
        PolicyAction.CanaryAborted => "aborted",
        PolicyAction.RolledBack => "rolled_back",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "ends no canary"),
    });

    private void Ended(string result) => _ended.Add(1, new KeyValuePair<string, object?>("result", result));

    private static IEnumerable<Measurement<double>> Shares(ISchedulerStore store) => store.Current.Policies.Values
        .Where(stored => stored.Canary is not null)
        .Select(stored => new Measurement<double>(stored.Canary.Share, new KeyValuePair<string, object?>("policy", stored.Policy.Name)));
}
