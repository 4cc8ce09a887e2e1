namespace Fovea.Executor.Overload;

/// <summary>Estimates how many planned floating-point operations the engine gets through in a second in which it works.</summary>
/// <remarks>
/// Operations are those of prefills; the seconds are all that the inference thread worked for requests, decoding included, so that planned
/// operations per second over this is the share of the executor that is in use. What lies one time constant of work back counts
/// for 1/e. Safe for any number of threads.
/// </remarks>
internal sealed class CapacityEstimate
{
    private const double TimeConstantSeconds = 30;

    private readonly Lock _gate = new();
    private TimeSpan _busy;
    private double _flops;
    private double _seconds;

    /// <summary>Operations per second of work; 0 before the first prefill.</summary>
    public double FlopsPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _seconds > 0 ? _flops / _seconds : 0;
            }
        }
    }

    /// <summary>Takes in a prefill.</summary>
    /// <param name="flops">Its operations.</param>
    /// <param name="busy">Time that the inference thread has worked for requests since its start.</param>
    public void Record(double flops, TimeSpan busy)
    {
        lock (_gate)
        {
            var worked = Math.Max(0, (busy - _busy).TotalSeconds);
            var kept = Math.Exp(-worked / TimeConstantSeconds);
            _flops = (_flops * kept) + flops;
            _seconds = (_seconds * kept) + worked;
            _busy = busy > _busy ? busy : _busy;
        }
    }
}
