using System.Diagnostics.Metrics;
using System.Globalization;
using Fovea.Executor.Intake;
using Fovea.Executor.Overload;

namespace Fovea.Executor.Metrics;

/// <summary>Owns the instruments of overload and of planned cost, by which executors are scaled.</summary>
internal sealed class OverloadMetrics
{
    private readonly CapacityEstimate _capacity = new();
    private readonly Counter<long> _byTier;
    private readonly Counter<double> _planned;
    private readonly Counter<double> _full;

    /// <summary>Makes the instruments; gauges read <paramref name="load"/> whenever they are asked for.</summary>
    public OverloadMetrics(Meter meter, ExecutorLoad load)
    {
        meter.CreateObservableGauge("executor_budget_tier", () => load.OverloadTier, description: "Highest overload tier of all policies; 0 is none");
        meter.CreateObservableGauge("executor_kv_cache_usage_ratio", () => load.KvShare, "1", "Share of the KV-cache limit reserved; 0 without a limit");
        meter.CreateObservableGauge("executor_kv_cache_limit_bytes", () => load.KvLimitBytes, "By", "Most KV cache reserved at once; 0 without a limit");
        meter.CreateObservableGauge(
            "executor_capacity_flops_per_second", () => _capacity.FlopsPerSecond, description: "Planned operations done per second of work, lately");
        _byTier = meter.CreateCounter<long>("executor_requests_by_tier_total", description: "Requests planned, by overload tier");
        _planned = meter.CreateCounter<double>("executor_planned_flops_total", description: "Operations of admitted requests by their plans");
        _full = meter.CreateCounter<double>("executor_full_flops_total", description: "Operations of admitted requests if everything were kept");
    }

    /// <summary>Counts a request that has its plan.</summary>
    public void Planned(int tier, PlannedCost cost)
    {
        _byTier.Add(1, new KeyValuePair<string, object?>("tier", tier.ToString(CultureInfo.InvariantCulture)));
        _planned.Add(cost.Flops);
        _full.Add(cost.FullFlops);
    }

    /// <summary>Takes in a prefill for the capacity.</summary>
    public void Prefilled(double flops, TimeSpan busy) => _capacity.Record(flops, busy);
}
