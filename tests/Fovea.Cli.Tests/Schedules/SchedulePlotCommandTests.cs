using System.Xml.Linq;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Schedules;

public sealed class SchedulePlotCommandTests
{
    [Fact]
    public async Task Plot_FileFormAndStored_AreOverlaidWithALegend()
    {
        using var folder = new TempFolder();
        await using var scheduler = await RunningScheduler.StartAsync();
        var file = folder.Write("mine.json", "[1, 0.5, 0.25, 0]");
        var id = (await scheduler.RunAsync("schedule", "put", file, "--name", "stored")).Output.Trim();

        var run = await scheduler.RunAsync("schedule", "plot", file, "fastv:K=2,R=0.5", id, "--layers", "4", "--out", folder.At("a.svg"), "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal([0.4375, 0.75, 0.4375], run.Json["schedules"]!.AsArray().Select(curve => (double)curve!["mean_keep"]!));
        var texts = XDocument.Load(folder.At("a.svg")).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value).ToArray();
        Assert.Contains("mine, mean 0.438", texts);
        Assert.Contains("fastv:K=2,R=0.5, mean 0.750", texts);
        Assert.Contains($"stored ({id}), mean 0.438", texts);
        Assert.Contains("layer, from 0", texts);
    }

    [Fact]
    public async Task Plot_OtherDepthAndPaper_AreByRelativeDepth()
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync("schedule", "plot", folder.Write("mine.json", "[1, 0.5]"), "--paper", "--out", folder.At("a.svg"));

        Assert.Equal(ExitCodes.Ok, run.Code);
        var text = await File.ReadAllTextAsync(folder.At("a.svg"));
        Assert.Contains("relative depth", text, StringComparison.Ordinal);
        Assert.Contains("published", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plot_Faults_AreAllNamed()
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync("schedule", "plot", "fastv:K=2", "uniform:r=0.5", folder.Write("bad.json", "[1, 2]"), "--out", folder.At("a.png"));

        Assert.Equal(ExitCodes.Usage, run.Code);
        foreach (var named in (string[])["fastv:K=2", "--layers, --shape or --model", "bad.json"])
        {
            Assert.Contains(named, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Plot_OtherEnd_IsAUsageFault()
    {
        var run = await CliRun.OfAsync("schedule", "plot", "full", "--layers", "4", "--shape", "internvl2-1b", "--out", "a.gif");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("a.gif", run.Error, StringComparison.Ordinal);
        Assert.Contains("exclude each other", run.Error, StringComparison.Ordinal);
    }
}
