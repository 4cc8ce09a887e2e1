using System.Xml.Linq;
using Fovea.Cli.Charts;

namespace Fovea.Cli.Tests.Charts;

public sealed class FigureSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Render_TwoSeries_IsWellFormedWithEveryElement()
    {
        var svg = XDocument.Parse(FigureSvg.Render(Example));

        var texts = svg.Descendants(Svg + "text").Select(text => text.Value).ToArray();
        foreach (var text in (string[])["A & B <title>", "below", "x axis", "y axis", "one", "two"])
        {
            Assert.Contains(text, texts);
        }

        Assert.Equal(2, svg.Descendants(Svg + "polyline").Count());
        Assert.Equal(5 + 2, svg.Descendants(Svg + "path").Count(path => (string?)path.Attribute("class") == "marker")); // points and legend keys
    }

    [Fact]
    public void Render_Text_StaysWithinTheDrawing()
    {
        var svg = XDocument.Parse(FigureSvg.Render(Example with { Title = new string('w', 120) }));

        var width = (double)svg.Root!.Attribute("width")!;
        Assert.All(svg.Descendants(Svg + "text").Where(text => (string?)text.Attribute("text-anchor") == "start"), text => Assert.True(
            (double)text.Attribute("x")! + TextWidth.Of(text.Value, (double)text.Attribute("font-size")!) <= width));
    }

    [Fact]
    public void Render_ErrorBar_ReachesBothEnds()
    {
        var figure = new Figure("t", string.Empty, [Panel(new ChartSeries("s", [new(1, 5, 0, 10), new(2, 5)], ChartLine.None))]);

        var svg = XDocument.Parse(FigureSvg.Render(figure));

        var bars = svg.Descendants(Svg + "line").Where(line => (string?)line.Attribute("stroke") == SeriesStyle.Of(0).Color).ToArray();
        Assert.Equal(3, bars.Length);
        var frame = svg.Descendants(Svg + "rect").Single(rect => (string?)rect.Attribute("fill") == "none");
        Assert.Equal((double)frame.Attribute("height")!, Math.Abs((double)bars[0].Attribute("y2")! - (double)bars[0].Attribute("y1")!), 0.1);
    }

    [Fact]
    public void Render_NoPoints_StillDraws()
    {
        var svg = XDocument.Parse(FigureSvg.Render(new Figure("t", string.Empty, [Panel(new ChartSeries("s", []))])));

        Assert.Contains("t", svg.Descendants(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void Of_ManyPlaces_HaveDistinctLooks() =>
        Assert.Equal(40, Enumerable.Range(0, 40).Select(SeriesStyle.Of).Distinct().Count());

    internal static Figure Example { get; } = new(
        "A & B <title>", "below", [Panel(new("one", [new(0, 0), new(1, 2), new(2, 3)]), new("two", [new(0, 1, 0, 2), new(2, 2.5)], ChartLine.Dashed))]);

    private static ChartPanel Panel(params ChartSeries[] series) => new("panel", new("x axis"), new("y axis"), [.. series]);
}
