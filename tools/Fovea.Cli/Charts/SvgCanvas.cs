using System.Globalization;
using System.Net;
using System.Text;

namespace Fovea.Cli.Charts;

/// <summary>Writes shapes as SVG text; coordinates are pixels from the top left corner.</summary>
internal sealed class SvgCanvas
{
    /// <summary>The fonts that text is drawn in, the first that there is.</summary>
    public const string Fonts = "DejaVu Sans, Verdana, sans-serif";

    private readonly StringBuilder _text = new();
    private readonly double _width;
    private readonly double _height;

    /// <summary>Makes an empty white canvas.</summary>
    public SvgCanvas(double width, double height) => (_width, _height) = (width, height);

    /// <summary>Adds a straight line.</summary>
    public void Line((double X, double Y) from, (double X, double Y) to, Pen pen) => _text.Append(
        CultureInfo.InvariantCulture,
        $"<line x1=\"{Number(from.X)}\" y1=\"{Number(from.Y)}\" x2=\"{Number(to.X)}\" y2=\"{Number(to.Y)}\"{pen.Attributes}/>\n");

    /// <summary>Adds joined lines.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, Pen pen)
    {
        var places = string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"));
        _text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{places}\" fill=\"none\" stroke-linejoin=\"round\"{pen.Attributes}/>\n");
    }

    /// <summary>Adds a rectangle's outline.</summary>
    public void Frame(double x, double y, double width, double height, Pen pen) => _text.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" fill=\"none\"{pen.Attributes}/>\n");

    /// <summary>Adds a marker around a place.</summary>
    public void Marker((double X, double Y) place, ChartMarker marker, string color, double radius)
    {
        var isOpen = marker is ChartMarker.Plus or ChartMarker.Cross;
        var look = isOpen ? $"fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"" : $"fill=\"{color}\" stroke=\"#FFFFFF\" stroke-width=\"0.75\"";
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"marker\" d=\"{MarkerPath.Of(marker, place, radius)}\" {look}/>\n");
    }

    /// <summary>Adds a line of text.</summary>
    public void Text((double X, double Y) place, string text, TextStyle style)
    {
        var turn = style.IsUpright ? $" transform=\"rotate(-90 {Number(place.X)} {Number(place.Y)})\"" : string.Empty;
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Number(place.X)}\" y=\"{Number(place.Y)}\"{style.Attributes}{turn}>{WebUtility.HtmlEncode(text)}</text>\n");
    }

    /// <summary>Returns the whole document.</summary>
    public override string ToString()
    {
        var size = $"width=\"{Number(_width)}\" height=\"{Number(_height)}\" viewBox=\"0 0 {Number(_width)} {Number(_height)}\"";
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{Fonts}">
            <rect width="100%" height="100%" fill="#FFFFFF"/>
            {_text}</svg>

            """;
    }

    /// <summary>Writes a coordinate with at most two decimals.</summary>
    internal static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
