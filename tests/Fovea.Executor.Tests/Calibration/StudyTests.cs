using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>Cost tables and ranking studies over the wire.</summary>
[Collection(nameof(TensorCollection))]
public sealed class StudyTests
{
    [Fact]
    public async Task MeasureCost_MostRows_EveryLengthHasATime()
    {
        await using var executor = await DemoExecutor.StartAsync();

        var table = await executor.Calibration.MeasureCostAsync(new MeasureCostRequest { MostRows = 100 });

        Assert.Equal([32, 64, 100], table.LayerTimes.Select(time => time.Rows));
        Assert.All(table.LayerTimes, time => Assert.True(time.Seconds > 0));
        Assert.True(table.FixedSeconds > 0);
        Assert.Equal(("demo", executor.Revision, "fp32", "cpu"), (table.Model, table.ModelRevision, table.Dtype, table.Device));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 30)]
    public async Task MeasureCost_NoLengthOfAPrompt_IsInvalid(int rows)
    {
        await using var executor = await DemoExecutor.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(
            () => executor.Calibration.MeasureCostAsync(new MeasureCostRequest { MostRows = rows }).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task StudyRankings_TwoSamples_EachHasTauAndMediansOfAllLayers()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var set = await executor.Calibration.PutAsync(DemoSet.Parts(3));
        var request = new StudyRankingsRequest { SetDigest = set.Digest, Scorer = Scorer.Last };
        request.Samples.Add([2, 0]);
        using var call = executor.Calibration.StudyRankings(request);

        var studies = new List<SampleRankings>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync())
        {
            studies.Add(call.ResponseStream.Current);
        }

        Assert.Equal([2, 0], studies.Select(study => study.Sample));
        Assert.All(studies, study => Assert.Equal((11, 12), (study.Tau.Count, study.MedianScore.Count)));
        Assert.All(studies.SelectMany(study => study.Tau), tau => Assert.InRange(tau, -1, 1));
        Assert.All(studies.SelectMany(study => study.MedianScore), score => Assert.InRange(score, double.Epsilon, 1.0 / 128));
    }

    [Fact]
    public async Task StudyRankings_RandomScorerAndUnknownSample_BothAreNamed()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var set = await executor.Calibration.PutAsync(DemoSet.Parts(1));
        var request = new StudyRankingsRequest { SetDigest = set.Digest, Scorer = Scorer.Random };
        request.Samples.Add(1);
        using var call = executor.Calibration.StudyRankings(request);

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("scorer", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("samples[0]", error.Status.Detail, StringComparison.Ordinal);
    }
}
