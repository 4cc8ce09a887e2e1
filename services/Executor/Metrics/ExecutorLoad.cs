using Fovea.Contracts.V1;
using Fovea.Executor.Intake;

namespace Fovea.Executor.Metrics;

/// <summary>Adds up what waits and runs in the queue and in the engine.</summary>
internal sealed class ExecutorLoad
{
    private readonly AdmissionQueue _queue;
    private readonly ModelHost _host;
    private long _received;

    /// <summary>Reads the queue now and the engine as soon as it is loaded.</summary>
    public ExecutorLoad(AdmissionQueue queue, ModelHost host)
    {
        _queue = queue;
        _host = host;
    }

    /// <summary>Requests waiting for a place or for their prefill.</summary>
    public int Waiting => _queue.Waiting + (_host.Current?.Engine.Waiting ?? 0);

    /// <summary>Requests between their prefill and their last token.</summary>
    public int Running => _host.Current?.Engine.Running ?? 0;

    /// <summary>Bytes of KV cache held by running requests.</summary>
    public long KvBytes => _host.Current?.Engine.KvBytes ?? 0;

    /// <summary>Requests received since the start.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Counts a request that arrives.</summary>
    public void Arrived() => Interlocked.Increment(ref _received);

    /// <summary>Gives the load as the scheduler is told.</summary>
    public LoadReport Report() => new() { Waiting = Waiting, Running = Running, RequestsTotal = Received, KvBytes = KvBytes };
}
