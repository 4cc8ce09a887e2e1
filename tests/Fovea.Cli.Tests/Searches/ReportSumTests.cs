using Fovea.Cli.Searches;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Searches;

public sealed class ReportSumTests
{
    [Fact]
    public void Of_TwoReports_WeighsByQuestions()
    {
        var sum = ReportSum.Of([
            new Report { Questions = 10, Accuracy = 90, AccuracyFull = 100, Lost = 1, Gflops = 1, GflopsFull = 4, MeanKeep = 0.2 },
            new Report { Questions = 30, Accuracy = 100, AccuracyFull = 100, Won = 0, Gflops = 2, GflopsFull = 4, MeanKeep = 0.6 },
        ])!;

        Assert.Equal((40, 97.5, 100.0), (sum.Questions, sum.Accuracy, sum.AccuracyFull));
        Assert.Equal((1.75, 4.0, 0.5), (sum.Gflops, sum.GflopsFull, sum.MeanKeep));
        Assert.Equal((1, 0), (sum.Lost, sum.Won));
    }

    [Fact]
    public void Of_MissingReport_IsNone() => Assert.Null(ReportSum.Of([new Report { Questions = 1 }, null]));
}
