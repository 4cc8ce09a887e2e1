namespace Fovea.Cli.Schedules;

/// <summary>Is a schedule to be drawn.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Rates">Keep rate of each layer.</param>
internal sealed record ScheduleCurve(string Name, IReadOnlyList<double> Rates)
{
    /// <summary>Gets the mean over the layers.</summary>
    public double MeanKeep => Rates.Average();
}
