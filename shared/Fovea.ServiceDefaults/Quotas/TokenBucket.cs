namespace Fovea.ServiceDefaults.Quotas;

/// <summary>Fills at a rate up to a size; something is taken while it is not empty, even if that makes it owe.</summary>
/// <remarks>
/// Owing lets one request cost more than the bucket holds; those after it wait until the debt is paid, so the average rate holds.
/// Not safe for several threads.
/// </remarks>
internal sealed class TokenBucket
{
    private readonly double _rate;
    private readonly double _size;
    private double _level;
    private long _filled;

    /// <summary>Makes a full bucket; a rate of 0 never refuses.</summary>
    /// <param name="rate">What comes in per second.</param>
    /// <param name="size">What it holds at most.</param>
    /// <param name="now">The time, in ticks of 100 ns.</param>
    public TokenBucket(double rate, double size, long now)
    {
        _rate = rate;
        _size = size;
        _level = size;
        _filled = now;
    }

    /// <summary>Whether nothing is missing at this time.</summary>
    public bool IsFull(long now)
    {
        Fill(now);
        return _rate == 0 || _level >= _size;
    }

    /// <summary>Takes an amount.</summary>
    /// <returns>Null when it was taken, else the time after which one unit, or this smaller amount, would be there.</returns>
    public TimeSpan? Take(double amount, long now)
    {
        if (_rate == 0)
        {
            return null;
        }

        Fill(now);
        var needed = Math.Min(Math.Min(amount, 1), _size);
        if (_level < needed)
        {
            return TimeSpan.FromSeconds((needed - _level) / _rate);
        }

        _level -= amount;
        return null;
    }

    private void Fill(long now)
    {
        if (now > _filled)
        {
            _level = Math.Min(_size, _level + (_rate * (now - _filled) / TimeSpan.TicksPerSecond));
            _filled = now;
        }
    }
}
