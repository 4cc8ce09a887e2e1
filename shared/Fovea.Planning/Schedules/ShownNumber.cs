using System.Globalization;

namespace Fovea.Planning.Schedules;

/// <summary>Rounds limits to six digits where that changes the value, so that the number shown can be had when asked for.</summary>
internal static class ShownNumber
{
    /// <summary>Returns the value with six digits, or the next number of six digits above it.</summary>
    public static double Up(double value) => Round(value, 1);

    /// <summary>Returns the value with six digits, or the next number of six digits below it.</summary>
    public static double Down(double value) => Round(value, -1);

    private static double Round(double value, int direction)
    {
        var rounded = Parse(value);
        if (rounded == value || (rounded > value) == (direction > 0))
        {
            return rounded;
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 5);
        return Parse(rounded + (direction * unit));
    }

    private static double Parse(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
