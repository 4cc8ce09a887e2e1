using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Search.Starting;

public sealed class SearchCheckTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;
    private OracleExecutor _executor = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await TestScheduler.StartAsync(SearchCalls.Quick);
        _executor = await OracleExecutor.StartAsync(_scheduler.Address, "e1");
    }

    public async Task DisposeAsync()
    {
        await _executor.DisposeAsync();
        await _scheduler.DisposeAsync();
    }

    [Fact]
    public async Task StartSearch_SeveralFaults_NamesAllOfThem()
    {
        var spec = SearchCalls.GSearch();
        (spec.Tolerance, spec.FirstLayer, spec.Floor, spec.Confidence, spec.Resolution) = (-1, 6, 65, 1, -2);
        (spec.Samples, spec.QuestionClass, spec.Metric) = (-1, "shape", (Metric)9);

        var exception = await RefusedAsync(spec);

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal(
            ["spec.confidence", "spec.firstLayer", "spec.floor", "spec.metric", "spec.questionClass", "spec.resolution", "spec.samples", "spec.tolerance"],
            RpcFaults.Read(exception).Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task StartSearch_UnknownModel_IsFailedPrecondition()
    {
        var spec = SearchCalls.GSearch();
        spec.Model = "other";

        Assert.Equal(StatusCode.FailedPrecondition, (await RefusedAsync(spec)).StatusCode);
    }

    [Fact]
    public async Task StartSearch_SetThatNobodyHolds_IsFailedPrecondition()
    {
        var spec = SearchCalls.GSearch();
        spec.Set.Digest = new string('c', 64);

        var exception = await RefusedAsync(spec);

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
        Assert.Contains(spec.Set.Digest, exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartSearch_HeldOutIsTheSet_IsRefused()
    {
        var spec = SearchCalls.GSearch();
        spec.HeldOut.Digest = OracleScript.Set;

        Assert.Contains("spec.heldOut.digest", RpcFaults.Read(await RefusedAsync(spec)).Select(fault => fault.Field));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.5)]
    public async Task StartSearch_BudgetThatCannotBeMet_IsNamed(double mean)
    {
        var exception = await RefusedAsync(SearchCalls.PSigmoid(new Budget { MeanKeep = 0.9 }, new Budget { MeanKeep = mean }));

        Assert.Equal("spec.psigmoid.budgets[1]", Assert.Single(RpcFaults.Read(exception)).Field);
        Assert.Equal(mean < 1, exception.Status.Detail.Contains("nearest is", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartSearch_InfeasibleMilliseconds_NamesTheNearest()
    {
        var exception = await RefusedAsync(SearchCalls.PSigmoid(new Budget { Milliseconds = 3 }));

        Assert.Contains("nearest is ms=", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartSearch_UnknownWarmStart_IsRefused()
    {
        var spec = SearchCalls.PSigmoid(new Budget { MeanKeep = 0.9 });
        spec.Psigmoid.WarmStartSchedule = "0123456789abcdef";

        Assert.Equal("spec.psigmoid.warmStartSchedule", Assert.Single(RpcFaults.Read(await RefusedAsync(spec))).Field);
    }

    [Fact]
    public async Task StartSearch_LittleGiven_StoresTheDefaults()
    {
        var spec = new SearchSpec
        {
            Model = "oracle",
            Set = new SetReference { Digest = OracleScript.Set },
            QuestionClass = "count",
            Gsearch = new GSearchSpec(),
        };

        var stored = (await _scheduler.Searches.BeginAsync(spec)).Spec;

        Assert.Equal(("rev-1", Metric.Agreement, 2, 0.95), (stored.ModelRevision, stored.Metric, stored.FirstLayer, stored.Confidence));
        Assert.Equal((ToleranceSplit.Whole, ConfidenceRule.None, InnerSearch.Bisect), (stored.ToleranceSplit, stored.ConfidenceRule, stored.Gsearch.Inner));
        Assert.Equal(("calibration", OracleScript.Questions), (stored.Set.Name, stored.Set.Questions));
    }

    private async Task<RpcException> RefusedAsync(SearchSpec spec) =>
        await Assert.ThrowsAsync<RpcException>(() => _scheduler.Searches.BeginAsync(spec));
}
