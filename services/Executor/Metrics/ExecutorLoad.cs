using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.Executor.Overload;

namespace Fovea.Executor.Metrics;

/// <summary>Adds up what waits and runs in the queue and in the engine.</summary>
internal sealed class ExecutorLoad
{
    private readonly OverloadMeter _meter;
    private readonly TierBoard _tiers;
    private readonly ModelHost _host;
    private long _received;

    /// <summary>Reads the queue now and the engine as soon as it is loaded.</summary>
    public ExecutorLoad(OverloadMeter meter, TierBoard tiers, ModelHost host)
    {
        _meter = meter;
        _tiers = tiers;
        _host = host;
    }

    /// <summary>Requests waiting for a place, for KV cache, or for their prefill.</summary>
    public int Waiting => _meter.Waiting;

    /// <summary>Requests between their prefill and their last token.</summary>
    public int Running => _host.Current?.Engine.Running ?? 0;

    /// <summary>Bytes of KV cache held by running requests.</summary>
    public long KvBytes => _host.Current?.Engine.KvBytes ?? 0;

    /// <summary>Most bytes of KV cache reserved at once; 0 when there is no limit.</summary>
    public long KvLimitBytes => _meter.KvLimitBytes;

    /// <summary>Share of the limit that is reserved; 0 when there is no limit.</summary>
    public double KvShare => _meter.KvShare;

    /// <summary>Highest overload tier of all policies.</summary>
    public int OverloadTier => _tiers.Highest;

    /// <summary>Requests received since the start.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Counts a request that arrives.</summary>
    public void Arrived() => Interlocked.Increment(ref _received);

    /// <summary>Gives the load as the scheduler is told.</summary>
    public LoadReport Report() => new()
    {
        Waiting = Waiting,
        Running = Running,
        RequestsTotal = Received,
        KvBytes = KvBytes,
        KvLimitBytes = KvLimitBytes,
        OverloadTier = OverloadTier,
    };
}
