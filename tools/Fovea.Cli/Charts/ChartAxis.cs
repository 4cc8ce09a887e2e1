namespace Fovea.Cli.Charts;

/// <summary>Is one axis; what is not given follows from the points.</summary>
/// <param name="Label">Name and unit.</param>
/// <param name="Least">Lower end.</param>
/// <param name="Most">Upper end.</param>
/// <param name="IsWhole">Whether only whole numbers are ticked.</param>
internal sealed record ChartAxis(string Label, double? Least = null, double? Most = null, bool IsWhole = false);
