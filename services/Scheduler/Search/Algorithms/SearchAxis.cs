namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Bounds one variable of an optimisation.</summary>
/// <param name="Low">Least value; above 0 on a logarithmic scale.</param>
/// <param name="High">Greatest value.</param>
/// <param name="IsLogarithmic">Whether equal ratios, not differences, are equally far apart.</param>
internal sealed record SearchAxis(double Low, double High, bool IsLogarithmic = false)
{
    /// <summary>Returns the value at a place in [0, 1].</summary>
    public double FromUnit(double place)
    {
        var value = IsLogarithmic ? Low * Math.Pow(High / Low, place) : Low + (place * (High - Low));
        return Math.Clamp(value, Low, High);
    }

    /// <summary>Returns the place of a value, which is limited to the bounds.</summary>
    public double ToUnit(double value)
    {
        var limited = Math.Clamp(value, Low, High);
        return IsLogarithmic ? Math.Log(limited / Low) / Math.Log(High / Low) : (limited - Low) / (High - Low);
    }
}
