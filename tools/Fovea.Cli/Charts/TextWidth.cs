namespace Fovea.Cli.Charts;

/// <summary>Tells how wide text comes out in DejaVu Sans, so that nothing is cut or overlaps.</summary>
internal static class TextWidth
{
    private const char FirstKnown = ' ';
    private const double Em = 1000;
    private const int Other = 700;

    // Advance widths of the printable ASCII characters in thousandths of the font size.
    private static readonly short[] Widths =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
        636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
        634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    /// <summary>Returns the width of a text at a font size.</summary>
    public static double Of(string text, double size) => text.Sum(WidthOf) * size / Em;

    /// <summary>Returns the text, its end replaced by an ellipsis when it would be wider than allowed.</summary>
    public static string Fit(string text, double size, double most)
    {
        if (Of(text, size) <= most)
        {
            return text;
        }

        var length = text.Length;
        while (length > 0 && Of(text[..length] + "…", size) > most)
        {
            length--;
        }

        return text[..length] + "…";
    }

    private static int WidthOf(char letter) =>
        letter - FirstKnown is >= 0 and var index && index < Widths.Length ? Widths[index] : Other;
}
