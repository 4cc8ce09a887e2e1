using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Running;

namespace Fovea.Scheduler.Tests.Search.Running;

public sealed class ReportMakerTests
{
    [Fact]
    public void Make_LostAndWon_CountsBothAndEachClass()
    {
        SampleScore[] full = [Score(true), Score(true), Score(false), Score(false)];
        SampleScore[] found = [Score(true), Score(false), Score(true), Score(false)];

        var report = ReportMaker.Make(["a", "a", "b", "b"], full, found);

        Assert.Equal((4, 50.0, 50.0, 1, 1), (report.Questions, report.AccuracyFull, report.Accuracy, report.Lost, report.Won));
        Assert.Equal((100.0, 50.0), (report.AccuracyFullByClass["a"], report.AccuracyByClass["a"]));
        Assert.Equal((0.0, 50.0), (report.AccuracyFullByClass["b"], report.AccuracyByClass["b"]));
        Assert.Equal((2.0, 3.0, 0.5), (report.Gflops, report.GflopsFull, report.MeanKeep));
    }

    private static SampleScore Score(bool correct) => new() { Correct = correct, PrefillFlops = 2e9, FullPrefillFlops = 3e9, MeanKeep = 0.5 };
}
