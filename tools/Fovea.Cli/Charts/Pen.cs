using System.Globalization;

namespace Fovea.Cli.Charts;

/// <summary>Says how lines are drawn.</summary>
/// <param name="Color">SVG colour.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="IsDashed">Whether there are gaps.</param>
internal readonly record struct Pen(string Color, double Width, bool IsDashed = false)
{
    /// <summary>Gets the SVG attributes, with a space before them.</summary>
    public string Attributes => string.Create(
        CultureInfo.InvariantCulture,
        $" stroke=\"{Color}\" stroke-width=\"{Width}\"{(IsDashed ? " stroke-dasharray=\"6 4\"" : string.Empty)}");
}
