namespace Fovea.Cli.Charts;

/// <summary>Lays a figure out and writes it as SVG: title, panels in rows, and one legend to their right.</summary>
internal static class FigureSvg
{
    private const double LeftRoom = 78;
    private const double RightRoom = 18;
    private const double TopRoom = 34;
    private const double BottomRoom = 52;
    private const double TitleSize = 16;
    private const double SubtitleSize = 11.5;
    private const double LegendSize = 12;
    private const double LegendRow = 20;
    private const double KeyWidth = 30;
    private const double Margin = 14;
    private const double MostLegend = 460;

    /// <summary>Returns the figure's SVG text.</summary>
    public static string Render(Figure figure)
    {
        var columns = Math.Clamp(figure.Panels.Length, 1, Math.Max(1, figure.Columns));
        var rows = (figure.Panels.Length + columns - 1) / columns;
        var (head, size) = (HeadHeight(figure), PlotSize(figure));
        var panelsWidth = columns * (LeftRoom + size.Width + RightRoom);
        var legend = LegendWidth(figure);
        var height = head + Math.Max(rows * (TopRoom + size.Height + BottomRoom), TopRoom + (figure.Names.Length * LegendRow) + Margin);
        var canvas = new SvgCanvas(Math.Max(panelsWidth + legend, HeadWidth(figure)), height);
        DrawHead(canvas, figure);
        for (var index = 0; index < figure.Panels.Length; index++)
        {
            DrawPanel(canvas, figure, index, columns, head);
        }

        DrawLegend(canvas, figure, panelsWidth, head + TopRoom + 8);
        return canvas.ToString();
    }

    // A lone panel has the room of several.
    private static (double Width, double Height) PlotSize(Figure figure) => figure.Panels.Length == 1 ? (660, 430) : (480, 320);

    private static double HeadHeight(Figure figure) => figure.Subtitle.Length == 0 ? 34 : 52;

    private static double HeadWidth(Figure figure) => (2 * Margin) + Math.Max(
        TextWidth.Of(figure.Title, TitleSize) * 1.12, // bold is wider
        TextWidth.Of(figure.Subtitle, SubtitleSize));

    private static double LegendWidth(Figure figure) => figure.Names.Length < 2
        ? 0
        : KeyWidth + 10 + Margin + Math.Min(MostLegend, figure.Names.Max(name => TextWidth.Of(name, LegendSize)));

    private static void DrawHead(SvgCanvas canvas, Figure figure)
    {
        canvas.Text((Margin, 26), figure.Title, new(TitleSize, IsBold: true));
        if (figure.Subtitle.Length > 0)
        {
            canvas.Text((Margin, 45), figure.Subtitle, new(SubtitleSize, Color: "#555555"));
        }
    }

    private static void DrawPanel(SvgCanvas canvas, Figure figure, int index, int columns, double head)
    {
        var (width, height) = PlotSize(figure);
        var left = (index % columns * (LeftRoom + width + RightRoom)) + LeftRoom;
        var top = head + (index / columns * (TopRoom + height + BottomRoom)) + TopRoom;
        var panel = figure.Panels[index];
        var plot = new PanelPlot(canvas, panel, new(left, top, left + width, top + height));
        plot.DrawAxes();
        foreach (var series in panel.Series)
        {
            plot.Draw(series, StyleOf(figure, series.Name));
        }
    }

    private static void DrawLegend(SvgCanvas canvas, Figure figure, double left, double top)
    {
        var names = figure.Names;
        for (var index = 0; names.Length > 1 && index < names.Length; index++)
        {
            var (series, style, y) = (figure.First(names[index]), SeriesStyle.Of(index), top + (index * LegendRow));
            if (series.Line != ChartLine.None)
            {
                canvas.Line((left, y), (left + KeyWidth, y), new(style.Color, 1.75, series.Line == ChartLine.Dashed));
            }

            if (series.HasMarkers)
            {
                canvas.Marker((left + (KeyWidth / 2), y), style.Marker, style.Color, 4);
            }

            canvas.Text((left + KeyWidth + 8, y + 4), TextWidth.Fit(names[index], LegendSize, MostLegend), new(LegendSize));
        }
    }

    private static SeriesStyle StyleOf(Figure figure, string name) => SeriesStyle.Of(figure.Names.IndexOf(name));
}
