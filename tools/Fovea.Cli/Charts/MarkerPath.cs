namespace Fovea.Cli.Charts;

/// <summary>Writes markers as SVG paths.</summary>
internal static class MarkerPath
{
    /// <summary>Returns the path of a marker; all forms cover about the same area.</summary>
    public static string Of(ChartMarker marker, (double X, double Y) place, double radius) => marker switch
    {
        ChartMarker.Circle => Disc(place, radius),
        ChartMarker.Square => Polygon(place, radius * 0.9, (-1, -1), (1, -1), (1, 1), (-1, 1)),
        ChartMarker.Triangle => Polygon(place, radius * 1.15, (0, -1), (1, 0.8), (-1, 0.8)),
        ChartMarker.Diamond => Polygon(place, radius * 1.25, (0, -1), (1, 0), (0, 1), (-1, 0)),
        ChartMarker.TriangleDown => Polygon(place, radius * 1.15, (0, 1), (1, -0.8), (-1, -0.8)),
        ChartMarker.Plus => Strokes(place, radius * 1.2, (-1, 0), (1, 0), (0, -1), (0, 1)),
        _ => Strokes(place, radius, (-1, -1), (1, 1), (-1, 1), (1, -1)),
    };

    private static string Disc((double X, double Y) place, double radius)
    {
        var (r, wide) = (SvgCanvas.Number(radius), SvgCanvas.Number(2 * radius));
        return $"M{SvgCanvas.Number(place.X - radius)} {SvgCanvas.Number(place.Y)}a{r} {r} 0 1 0 {wide} 0a{r} {r} 0 1 0 -{wide} 0Z";
    }

    private static string Polygon((double X, double Y) place, double radius, params (double X, double Y)[] corners) =>
        "M" + string.Join('L', corners.Select(corner => At(place, radius, corner))) + "Z";

    private static string Strokes((double X, double Y) place, double radius, params (double X, double Y)[] ends) =>
        string.Concat(ends.Select((end, index) => (index % 2 == 0 ? "M" : "L") + At(place, radius, end)));

    private static string At((double X, double Y) place, double radius, (double X, double Y) corner) =>
        $"{SvgCanvas.Number(place.X + (radius * corner.X))} {SvgCanvas.Number(place.Y + (radius * corner.Y))}";
}
