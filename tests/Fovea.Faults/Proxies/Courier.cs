namespace Fovea.Faults.Proxies;

/// <summary>Says when bytes arrive that leave now: after the delay, its jitter, and the repetition of lost segments.</summary>
/// <remarks>Seeded, so that a run can be repeated. Used by one thread.</remarks>
internal sealed class Courier
{
    private const int SegmentBytes = 1460;

    private readonly Random _random;

    /// <summary>Makes a courier.</summary>
    public Courier(int seed) => _random = new Random(seed);

    /// <summary>Returns how long this many bytes are under way.</summary>
    public TimeSpan TimeOf(DirectionFault fault, int bytes)
    {
        var time = fault.Delay + (fault.Jitter * ((2 * _random.NextDouble()) - 1));
        for (var segment = 0; segment < bytes && fault.LossShare > 0; segment += SegmentBytes)
        {
            var wait = fault.Retransmission;
            while (_random.NextDouble() < fault.LossShare)
            {
                time += wait;
                wait *= 2;
            }
        }

        if (fault.BytesPerSecond > 0)
        {
            time += TimeSpan.FromSeconds((double)bytes / fault.BytesPerSecond);
        }

        return time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }
}
