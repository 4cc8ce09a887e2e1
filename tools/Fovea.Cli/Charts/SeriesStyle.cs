namespace Fovea.Cli.Charts;

/// <summary>Is the look of a series: a colour that the colour-blind can tell apart, and a marker that needs no colour.</summary>
/// <param name="Color">SVG colour.</param>
/// <param name="Marker">Form of the marker.</param>
internal readonly record struct SeriesStyle(string Color, ChartMarker Marker)
{
    // The palette of Okabe and Ito without its yellow, which is too faint on white, and with a gray.
    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F7F7F"];
    private static readonly ChartMarker[] Markers = Enum.GetValues<ChartMarker>();

    /// <summary>Returns the look of the series at a place of the legend; looks repeat only after many.</summary>
    public static SeriesStyle Of(int place) =>
        new(Colors[place % Colors.Length], Markers[(place + (place / Colors.Length)) % Markers.Length]);
}
