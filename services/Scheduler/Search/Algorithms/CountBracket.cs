namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Holds between which places of a grid the smallest count of a layer lies; used by one search.</summary>
internal sealed class CountBracket
{
    /// <summary>Opens the bracket below a place that passes.</summary>
    public CountBracket(int high) => High = high;

    /// <summary>Gets the largest place that failed below every one that passed; -1 while there is none.</summary>
    public int Low { get; private set; } = -1;

    /// <summary>Gets the smallest place that passed.</summary>
    public int High { get; private set; }

    /// <summary>Gets the number of places not tried between the two.</summary>
    public int Open => High - Low - 1;

    /// <summary>Gets the trials by which bisection closes it at the latest.</summary>
    public int Bisections => TrialsOf(Open);

    /// <summary>Gets the place that halves it.</summary>
    public int Middle => Low + ((High - Low) / 2);

    /// <summary>Returns the trials by which bisection decides among so many open places at the latest.</summary>
    public static int TrialsOf(int open) => 32 - int.LeadingZeroCount(open);

    /// <summary>Narrows it by the outcome of an open place.</summary>
    public void Narrow(int place, bool passed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(place, Low);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, High);
        if (passed)
        {
            High = place;
        }
        else
        {
            Low = place;
        }
    }
}
