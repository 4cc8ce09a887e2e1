using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class VtwSearchTests
{
    [Theory]
    [InlineData(0.003, 9)]
    [InlineData(0.0625, 5)] // layer 4 would do, but 5 is the first one tried
    [InlineData(0.0001, 12)]
    public async Task RunAsync_DivergenceHalvesByLayer_FindsTheFirstBelowTheThreshold(double threshold, int expected)
    {
        var evaluator = Halving();

        var result = await new VtwSearch(new(12, 64, threshold), evaluator, new TrialRecorder()).RunAsync(RecordedTrials.None);

        Assert.Equal(expected, result.Layer);
        Assert.All(evaluator.Counts.Zip(evaluator.Requests), trial => Assert.Equal(trial.Second.Step, trial.First.Count(count => count == 64)));
    }

    [Fact]
    public async Task RunAsync_Racing_ScoresLessAndFindsTheSame()
    {
        var (plain, raced) = (Halving(), Halving());

        var expected = await new VtwSearch(new(12, 64) { UseRacing = false }, plain, new TrialRecorder()).RunAsync(RecordedTrials.None);
        var result = await new VtwSearch(new(12, 64), raced, new TrialRecorder()).RunAsync(new(expected.Trials.Take(1)));

        Assert.Equal(expected.Layer, result.Layer);
        Assert.True(raced.Scored < plain.Scored);
        Assert.Equal(expected.Trials.Length - 1, raced.Requests.Count);
    }

    private static OracleEvaluator Halving() => new(20, 64, (counts, sample) => Math.Pow(0.5, counts.Count(count => count > 0)) * (0.9 + (0.01 * sample)));
}
