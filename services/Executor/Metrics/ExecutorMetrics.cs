using System.Diagnostics.Metrics;

namespace Fovea.Executor.Metrics;

/// <summary>Owns the executor's instruments.</summary>
internal sealed class ExecutorMetrics
{
    /// <summary>Names the meter.</summary>
    public const string MeterName = "Fovea.Executor";

    // From a token of a small model to a long answer of a large one.
    private static readonly double[] SecondsBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private static readonly double[] RatioBuckets = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private readonly Counter<long> _requests;
    private readonly Counter<long> _plans;
    private readonly Counter<long> _snapshots;
    private readonly Counter<long> _regressions;
    private readonly Counter<long> _promptTokens;
    private readonly Counter<long> _generatedTokens;
    private readonly Counter<long> _droppedTokens;
    private readonly Histogram<double> _keepRatio;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _interToken;
    private readonly Histogram<double> _endToEnd;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _prefill;
    private readonly Histogram<double> _decode;
    private volatile string _cacheState = PlanCacheStates.Requested;

    /// <summary>Makes the instruments; gauges read <paramref name="load"/> whenever they are asked for.</summary>
    public ExecutorMetrics(IMeterFactory factory, ExecutorLoad load)
    {
        var meter = factory.Create(MeterName);
        meter.CreateObservableGauge("executor_requests_waiting", () => load.Waiting, description: "Requests that wait");
        meter.CreateObservableGauge("executor_requests_running", () => load.Running, description: "Requests that run");
        meter.CreateObservableGauge("executor_kv_cache_usage_bytes", () => load.KvBytes, "By", "KV cache held by running requests");
        _requests = meter.CreateCounter<long>("executor_requests_total", description: "Requests ended, by outcome");
        _plans = meter.CreateCounter<long>("executor_plans_total", description: "Plans fixed, by who made them");
        _snapshots = meter.CreateCounter<long>("executor_snapshots_total", description: "Offered snapshots, by what became of them");
        _regressions = meter.CreateCounter<long>("policy_regression_total", description: "Snapshots and plans older than the one in use, by where they came from");
        meter.CreateObservableGauge("executor_plan_cache", CacheStates, description: "1 for the state of the snapshot in use");
        _promptTokens = meter.CreateCounter<long>("executor_prompt_tokens_total", description: "Tokens prefilled, vision tokens included");
        _generatedTokens = meter.CreateCounter<long>("executor_generation_tokens_total", description: "Tokens generated");
        _droppedTokens = meter.CreateCounter<long>("executor_tokens_dropped_total", description: "Vision tokens dropped, by stage");
        _keepRatio = Histogram(meter, "executor_keep_ratio", "1", "Mean over the layers of the share of vision tokens kept", RatioBuckets);
        _firstToken = Seconds(meter, "executor_time_to_first_token_seconds", "From reception to the first token");
        _interToken = Seconds(meter, "executor_inter_token_latency_seconds", "Between two tokens of one answer");
        _endToEnd = Seconds(meter, "executor_e2e_request_latency_seconds", "From reception to the end of the answer");
        _queue = Seconds(meter, "executor_request_queue_time_seconds", "From reception to a place to run");
        _prefill = Seconds(meter, "executor_request_prefill_time_seconds", "Prefill on the inference thread");
        _decode = Seconds(meter, "executor_request_decode_time_seconds", "From the first token to the last");
        Overload = new OverloadMetrics(meter, load);
    }

    /// <summary>Instruments of overload and of planned cost.</summary>
    public OverloadMetrics Overload { get; }

    /// <summary>Counts the end of a request.</summary>
    public void Ended(RequestOutcome outcome) => _requests.Add(1, Tag("outcome", Label(outcome)));

    /// <summary>Counts a plan, by <see cref="PlanSources"/>.</summary>
    public void Planned(string source) => _plans.Add(1, Tag("source", source));

    /// <summary>Counts an offered snapshot, by <see cref="PlanCacheStates"/>.</summary>
    public void Snapshot(string state)
    {
        _cacheState = state;
        _snapshots.Add(1, Tag("state", state));
    }

    /// <summary>Counts something older than what is in use, by <see cref="RegressionPlaces"/>.</summary>
    public void Regressed(string where) => _regressions.Add(1, Tag("where", where));

    /// <summary>Records how long a request waited for a place.</summary>
    public void Queued(TimeSpan waited) => _queue.Record(waited.TotalSeconds);

    /// <summary>Records one prefill.</summary>
    public void Prefilled(PrefillFigures figures)
    {
        _promptTokens.Add(figures.PromptTokens);
        _droppedTokens.Add(figures.DroppedTokens, Tag("stage", "prefill"));
        _keepRatio.Record(figures.MeanKeep);
        _prefill.Record(figures.Duration.TotalSeconds);
        Overload.Prefilled(figures.Flops, figures.Busy);
    }

    /// <summary>Records the first token of an answer.</summary>
    public void FirstToken(TimeSpan sinceReceived)
    {
        _generatedTokens.Add(1);
        _firstToken.Record(sinceReceived.TotalSeconds);
    }

    /// <summary>Records a later token of an answer.</summary>
    public void NextToken(TimeSpan sinceLast)
    {
        _generatedTokens.Add(1);
        _interToken.Record(sinceLast.TotalSeconds);
    }

    /// <summary>Records the times of a whole answer.</summary>
    public void Answered(TimeSpan total, TimeSpan? decode)
    {
        _endToEnd.Record(total.TotalSeconds);
        if (decode is { } duration)
        {
            _decode.Record(duration.TotalSeconds);
        }
    }

    private IEnumerable<Measurement<int>> CacheStates() =>
        PlanCacheStates.All.Select(state => new Measurement<int>(state == _cacheState ? 1 : 0, Tag("state", state)));

    private static string Label(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Completed => "completed",
        RequestOutcome.Invalid => "invalid",
        RequestOutcome.Rejected => "rejected",
        RequestOutcome.Unplanned => "unplanned",
        RequestOutcome.Cancelled => "cancelled",
        RequestOutcome.DeadlineExceeded => "deadline_exceeded",
        _ => "failed",
    };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static Histogram<double> Seconds(Meter meter, string name, string description) =>
        Histogram(meter, name, "s", description, SecondsBuckets);

    private static Histogram<double> Histogram(Meter meter, string name, string? unit, string description, double[] buckets) =>
        meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
}
