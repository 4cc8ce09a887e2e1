using Fovea.Executor.Intake;

namespace Fovea.Executor.Overload;

/// <summary>Measures how much waits and how much of the KV cache is spoken for.</summary>
internal sealed class OverloadMeter
{
    private readonly AdmissionQueue _queue;
    private readonly KvReservations _kv;
    private readonly ModelHost _host;

    /// <summary>Reads the queue and the reservations now, and the engine as soon as it is loaded.</summary>
    public OverloadMeter(AdmissionQueue queue, KvReservations kv, ModelHost host)
    {
        (_queue, _kv, _host) = (queue, kv, host);
        queue.Changed += Notify;
        kv.Changed += Notify;
        queue.Pressed += () => Pressed?.Invoke();
    }

    /// <summary>Is raised after requests began or ceased to wait or to hold KV cache, on the thread that did it.</summary>
    public event Action? Changed;

    /// <summary>Is raised when a request is refused because others wait, on the thread that refuses it.</summary>
    public event Action? Pressed;

    /// <summary>Requests that wait for a place, for KV cache, or for their prefill.</summary>
    public int Waiting => _queue.Waiting + _kv.Waiting + (_host.Current?.Engine.Waiting ?? 0);

    /// <summary>Most bytes of KV cache; 0 when there is no limit.</summary>
    public long KvLimitBytes => _kv.LimitBytes;

    /// <summary>Share of the limit that is reserved; 0 when there is no limit.</summary>
    public double KvShare => _kv.LimitBytes == 0 ? 0 : (double)_kv.UsedBytes / _kv.LimitBytes;

    /// <summary>The load now.</summary>
    public OverloadLoad Load => new(Waiting, KvShare);

    private void Notify() => Changed?.Invoke();
}
