using System.Globalization;

namespace Fovea.Benchmarks.Control;

/// <summary>Sums up measured times.</summary>
internal static class Percentiles
{
    /// <summary>Returns count, median, 99th percentile and maximum in milliseconds.</summary>
    public static string Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0
            ? "none"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Length} samples, p50 {At(sorted, 0.5):F3} ms, p99 {At(sorted, 0.99):F3} ms, max {sorted[^1].TotalMilliseconds:F3} ms");
    }

    // Nearest rank: the smallest time that this share of all times does not exceed.
    private static double At(TimeSpan[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)].TotalMilliseconds;
}
