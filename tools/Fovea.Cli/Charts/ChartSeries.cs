using System.Collections.Immutable;

namespace Fovea.Cli.Charts;

/// <summary>Is a named run of points; series of one name look alike in all panels.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Points">The points, by ascending X where they are joined.</param>
/// <param name="Line">How they are joined.</param>
/// <param name="HasMarkers">Whether each point is marked.</param>
internal sealed record ChartSeries(string Name, ImmutableArray<ChartPoint> Points, ChartLine Line = ChartLine.Solid, bool HasMarkers = true);
