namespace Fovea.K8s.Tests.Scaling;

/// <summary>Loads to replay, in executors' worth of work, one value for each look of the autoscaler.</summary>
internal static class Loads
{
    /// <summary>Every load by its name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<double>> All { get; } = new Dictionary<string, IReadOnlyList<double>>(StringComparer.Ordinal)
    {
        ["idle"] = Of(2, _ => 0.1),
        ["step up"] = Of(2, hours => hours < 0.5 ? 1 : 4.5),
        ["step down"] = Of(2, hours => hours < 0.5 ? 4.5 : 1),
        ["spike of a minute"] = Of(2, hours => hours is > 0.5 and < 0.5167 ? 5 : 1),
        ["day in six hours"] = Of(6, hours => 3 + (2.4 * Math.Sin(hours / 6 * 2 * Math.PI))),
        ["waves of an hour"] = Of(6, hours => 3 + (2 * Math.Sin(hours * 2 * Math.PI))),
        ["waves of ten minutes"] = Of(4, hours => 3 + (2 * Math.Sin(hours * 12 * Math.PI))),
        ["switched every half hour"] = Of(6, hours => (int)(hours * 2) % 2 == 0 ? 1.2 : 4.2),
        ["switched every five minutes"] = Of(4, hours => (int)(hours * 12) % 2 == 0 ? 1.2 : 4.2),
        ["steady with noise"] = Noisy(Of(12, _ => 2.8), 0.3),
        ["steady at the threshold with noise"] = Noisy(Of(12, _ => 2.1), 0.15),
        ["day with noise"] = Noisy(Of(12, hours => 3 + (2 * Math.Sin(hours / 12 * 2 * Math.PI))), 0.3),
        ["beyond all executors"] = Of(2, hours => hours < 0.2 ? 1 : 12),
    };

    private static IReadOnlyList<double> Of(double hours, Func<double, double> at) =>
        [.. Enumerable.Range(0, (int)(TimeSpan.FromHours(hours) / Fleet.Step)).Select(step => at((Fleet.Step * step).TotalHours))];

    private static IReadOnlyList<double> Noisy(IReadOnlyList<double> load, double share)
    {
        var random = new Random(20260102);
        return [.. load.Select(value => value * (1 + (share * ((2 * random.NextDouble()) - 1))))];
    }
}
