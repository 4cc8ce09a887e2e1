using System.Globalization;

namespace Fovea.Cli.Charts;

/// <summary>Says how a text is written.</summary>
/// <param name="Size">Font size in pixels.</param>
/// <param name="Anchor">What its place names: <c>start</c>, <c>middle</c> or <c>end</c>.</param>
/// <param name="Color">SVG colour.</param>
/// <param name="IsBold">Whether it is bold.</param>
/// <param name="IsUpright">Whether it runs from bottom to top.</param>
internal readonly record struct TextStyle(double Size, string Anchor = "start", string Color = "#222222", bool IsBold = false, bool IsUpright = false)
{
    /// <summary>Gets the SVG attributes, with a space before them.</summary>
    public string Attributes => string.Create(
        CultureInfo.InvariantCulture,
        $" font-size=\"{Size}\" text-anchor=\"{Anchor}\" fill=\"{Color}\"{(IsBold ? " font-weight=\"bold\"" : string.Empty)}");
}
