namespace Fovea.Statistics;

/// <summary>Holds the two ends of an interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Low, double High);
