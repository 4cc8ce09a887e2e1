namespace Fovea.Cli.Benches;

/// <summary>Says when the requests of an open-loop load arrive, whatever becomes of those before.</summary>
internal static class ArrivalTimes
{
    /// <summary>Returns the times from the start, ascending.</summary>
    /// <param name="rate">Requests per second.</param>
    /// <param name="duration">Length of the load.</param>
    /// <param name="seed">Same seed, same times; null spaces them evenly instead of by a Poisson process.</param>
    public static IEnumerable<TimeSpan> Of(double rate, TimeSpan duration, int? seed)
    {
        var random = seed is { } value ? new Random(value) : null;
        var at = 0.0;
        for (var number = 1; (at = random is null ? number / rate : at - (Math.Log(1 - random.NextDouble()) / rate)) < duration.TotalSeconds; number++)
        {
            yield return TimeSpan.FromSeconds(at);
        }
    }
}
