using System.Globalization;

namespace Fovea.Executor.Tests.Models;

/// <summary>Reads how much memory this process holds (Linux).</summary>
internal static class ResidentMemory
{
    /// <summary>Bytes held now, mapped files included.</summary>
    public static long Now => Read("VmRSS:");

    /// <summary>Most bytes held since <see cref="Restart"/>.</summary>
    public static long Peak => Read("VmHWM:");

    /// <summary>Lets the peak begin at what is held now.</summary>
    public static void Restart() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);
    }
}
