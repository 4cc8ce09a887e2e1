using System.Xml.Linq;
using Fovea.Cli.Shell;
using Fovea.Cli.Studies;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;
using Fovea.Torch.Images;

namespace Fovea.Cli.Tests.Studies;

public sealed class StudyRankingCommandTests
{
    [Fact]
    public async Task Ranking_TwoExecutors_SummarizesAllSamplesAndDraws()
    {
        using var folder = new TempFolder();
        await using var first = await TestServer.StartAsync(new CalibrationDouble());
        await using var second = await TestServer.StartAsync(new CalibrationDouble());
        await using var scheduler = await TestServer.StartAsync(new FleetDouble(first.Address, second.Address));

        var run = await CliRun.OfAsync(
            "study", "ranking", "--set", SetFolder.Write(folder, 10), "--samples", "0", "--out", folder.At("out"), "--scheduler", scheduler.Address, "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(10, (int)run.Json["samples"]!);
        Assert.Equal(0.05, (double)run.Json["tau"]![0]!["mean"]!, 1e-12);
        Assert.Equal(0.002, (double)run.Json["median_score"]![2]!["mean"]!, 1e-12);
        Assert.Equal(31, run.Json["published"]!["figure_1a"]!.AsArray().Count);
        Assert.Equal("svg", XDocument.Load(folder.At("out/ranking.svg")).Root!.Name.LocalName);
        Assert.True(ImageCodec.Decode(await File.ReadAllBytesAsync(folder.At("out/ranking.png")), ImageLimits.Default).Width > 1000);
    }

    [Fact]
    public void Summarize_Samples_HasTheTInterval()
    {
        SampleRankings[] samples = [new() { Tau = { 0.2 } }, new() { Tau = { 0.4 } }, new() { Tau = { 0.6 } }];

        var (tau, _) = RankingStudy.Summarize(samples);

        // t(0.975, 2) = 4.3027; deviation 0.2, over the root of 3.
        Assert.Equal(0.4, tau[0].Mean, 1e-12);
        Assert.Equal(0.4 - (4.302653 * 0.2 / Math.Sqrt(3)), tau[0].Low, 1e-5);
    }

    [Theory]
    [InlineData(10, 0, 10, 9)]
    [InlineData(10, 5, 5, 8)]
    [InlineData(3, 200, 3, 2)]
    public void Spread_Wanted_IsEvenOverTheSet(int questions, int wanted, int count, int last)
    {
        var samples = StudyRankingCommand.Spread(questions, wanted);

        Assert.Equal(count, samples.Length);
        Assert.Equal((0, last), (samples[0], samples[^1]));
        Assert.Equal(count, samples.Distinct().Count());
    }

    [Fact]
    public void PublishedFigures_Means_AreThoseOfThePaper()
    {
        Assert.Equal(0.767, PublishedFigures.RankCorrelations.Skip(1).Average(), 0.0015);
        Assert.Equal(0.338, PublishedFigures.KeepRates.Average(), 0.001);
        Assert.Equal(32, PublishedFigures.KeepRates.Length);
    }
}
