using System.Collections.Immutable;

namespace Fovea.Cli.Charts;

/// <summary>Is one pair of axes with its series.</summary>
/// <param name="Title">Words above it; may be empty.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="Series">What is drawn, the first at the bottom.</param>
internal sealed record ChartPanel(string Title, ChartAxis X, ChartAxis Y, ImmutableArray<ChartSeries> Series);
