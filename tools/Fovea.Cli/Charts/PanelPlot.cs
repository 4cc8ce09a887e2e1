namespace Fovea.Cli.Charts;

/// <summary>Draws one panel: frame, grid, ticks, labels and series.</summary>
internal sealed class PanelPlot
{
    private const double TickSize = 11;
    private const double LabelSize = 12;
    private const double TitleSize = 13;
    private const double MarkerRadius = 4;
    private const double BarHalf = 3;

    private static readonly Pen Grid = new("#E6E6E6", 1);
    private static readonly Pen Border = new("#8A8A8A", 1);

    private readonly SvgCanvas _canvas;
    private readonly ChartPanel _panel;
    private readonly PlotArea _area;
    private readonly AxisTicks _x;
    private readonly AxisTicks _y;

    /// <summary>Makes a plot of a panel within an area.</summary>
    public PanelPlot(SvgCanvas canvas, ChartPanel panel, PlotArea area)
    {
        _canvas = canvas;
        _panel = panel;
        _area = area;
        var points = panel.Series.SelectMany(series => series.Points).ToArray();
        _x = AxisTicks.For(panel.X, points.Select(point => point.X));
        _y = AxisTicks.For(panel.Y, points.SelectMany(point => new[] { point.Y, point.Low ?? point.Y, point.High ?? point.Y }));
    }

    /// <summary>Draws all but the series.</summary>
    public void DrawAxes()
    {
        foreach (var tick in _x.Values)
        {
            var x = X(tick);
            _canvas.Line((x, _area.Top), (x, _area.Bottom), Grid);
            _canvas.Text((x, _area.Bottom + 16), _x.Text(tick), new(TickSize, "middle"));
        }

        foreach (var tick in _y.Values)
        {
            var y = Y(tick);
            _canvas.Line((_area.Left, y), (_area.Right, y), Grid);
            _canvas.Text((_area.Left - 7, y + 4), _y.Text(tick), new(TickSize, "end"));
        }

        _canvas.Frame(_area.Left, _area.Top, _area.Right - _area.Left, _area.Bottom - _area.Top, Border);
        _canvas.Text(((_area.Left + _area.Right) / 2, _area.Bottom + 36), _panel.X.Label, new(LabelSize, "middle"));
        var widest = _y.Values.Select(tick => TextWidth.Of(_y.Text(tick), TickSize)).DefaultIfEmpty().Max();
        _canvas.Text((_area.Left - widest - 16, (_area.Top + _area.Bottom) / 2), _panel.Y.Label, new(LabelSize, "middle", IsUpright: true));
        var title = TextWidth.Fit(_panel.Title, TitleSize, _area.Right - _area.Left);
        _canvas.Text(((_area.Left + _area.Right) / 2, _area.Top - 9), title, new(TitleSize, "middle"));
    }

    /// <summary>Draws one series.</summary>
    public void Draw(ChartSeries series, SeriesStyle style)
    {
        var points = series.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToArray();
        if (series.Line != ChartLine.None && points.Length > 1)
        {
            var places = series.Line == ChartLine.Steps ? Steps(points) : points.Select(point => (X(point.X), Y(point.Y)));
            _canvas.Polyline(places, new(style.Color, 1.75, series.Line == ChartLine.Dashed));
        }

        foreach (var point in points)
        {
            DrawBar(point, style);
            if (series.HasMarkers)
            {
                _canvas.Marker((X(point.X), Y(point.Y)), style.Marker, style.Color, MarkerRadius);
            }
        }
    }

    private void DrawBar(ChartPoint point, SeriesStyle style)
    {
        if (point is not { Low: { } low, High: { } high })
        {
            return;
        }

        var pen = new Pen(style.Color, 1.25);
        var x = X(point.X);
        _canvas.Line((x, Y(low)), (x, Y(high)), pen);
        _canvas.Line((x - BarHalf, Y(low)), (x + BarHalf, Y(low)), pen);
        _canvas.Line((x - BarHalf, Y(high)), (x + BarHalf, Y(high)), pen);
    }

    private IEnumerable<(double X, double Y)> Steps(ChartPoint[] points)
    {
        const double Half = 0.5;
        foreach (var point in points)
        {
            yield return (X(point.X - Half), Y(point.Y));
            yield return (X(point.X + Half), Y(point.Y));
        }
    }

    private double X(double value) => Math.Clamp(
        _area.Left + ((value - _x.Least) / (_x.Most - _x.Least) * (_area.Right - _area.Left)), _area.Left, _area.Right);

    private double Y(double value) => Math.Clamp(
        _area.Bottom - ((value - _y.Least) / (_y.Most - _y.Least) * (_area.Bottom - _area.Top)), _area.Top, _area.Bottom);
}
