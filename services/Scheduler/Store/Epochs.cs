using System.Globalization;

namespace Fovea.Scheduler.Store;

/// <summary>Makes names of epochs, which sort by the time they begin: a later epoch is larger as text.</summary>
internal static class Epochs
{
    // The first 48 bits of a version 7 UUID are milliseconds of Unix time.
    private const int TimeDigits = 12;

    /// <summary>Returns a new epoch's name.</summary>
    public static string New(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>Returns a new epoch's name that is larger than that of the epochs it replaces, even if the clock went back.</summary>
    public static string After(DateTimeOffset now, params IEnumerable<string> replaced)
    {
        var latest = replaced.Select(TimeOf).Append(now.ToUnixTimeMilliseconds()).Max();
        return New(DateTimeOffset.FromUnixTimeMilliseconds(latest + 1));
    }

    private static long TimeOf(string epoch) =>
        epoch.Length > TimeDigits && long.TryParse(epoch.AsSpan(0, TimeDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds
            : 0;
}
