using System.Collections.Immutable;

namespace Fovea.Cli.Charts;

/// <summary>Is a drawing of one or several panels side by side, with one legend.</summary>
/// <param name="Title">Words at the top.</param>
/// <param name="Subtitle">One smaller line below them; may be empty.</param>
/// <param name="Panels">The panels, from left to right.</param>
/// <param name="Columns">Panels in a row.</param>
internal sealed record Figure(string Title, string Subtitle, ImmutableArray<ChartPanel> Panels, int Columns = 2)
{
    /// <summary>Gets the names of all series, in the order of their first use: a name's place gives its look.</summary>
    public ImmutableArray<string> Names => [.. Panels.SelectMany(panel => panel.Series).Select(series => series.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the first series of a name.</summary>
    public ChartSeries First(string name) => Panels.SelectMany(panel => panel.Series).First(series => series.Name == name);
}
