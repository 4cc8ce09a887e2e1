using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Costs;
using Fovea.Planning.Shapes;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Plans;

public sealed class ExplainTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData(Accounting.Paper, CostAccounting.Paper)]
    [InlineData(Accounting.Executed, CostAccounting.Executed)]
    [InlineData(Accounting.Unspecified, CostAccounting.Executed)]
    public async Task Explain_ShapeGiven_CostsWhatTheCostModelSays(Accounting asked, CostAccounting counted)
    {
        var descriptor = PlanClient.Descriptor();
        descriptor.Override = new PlanOverride { Spec = "fastv:K=2,R=0.5" };

        var response = await _scheduler.Plans.ExplainAsync(
            new ExplainRequest { Descriptor_ = descriptor, Model = TestModels.LlavaProfile(), Accounting = asked });

        var shape = KnownShapes.Get(TestModels.Llava);
        var counts = Enumerable.Range(0, 32).Select(layer => layer < 2 ? 576 : 288).ToArray();
        var expected = CostModel.Evaluate(shape, counts, 576, 64, counted);
        Assert.Equal(CostMapping.ToProto(expected), response.Cost);
        Assert.Equal(expected, CostMapping.ToDomain(response.Cost, response.MeanKeep) with { LanguageFlops = expected.LanguageFlops });
        Assert.Equal(CostModel.EvaluateFull(shape, TokenLayout.UpperBound(576, 64), counted).Total, response.FullCost.TotalFlops);
        Assert.Equal(counts, response.Plan.Counts);
    }

    [Fact]
    public async Task Explain_LastScorer_RanksByOneRow()
    {
        var descriptor = PlanClient.Descriptor();
        descriptor.Override = new PlanOverride { Spec = "fastv:K=2,R=0.5", Scorer = Scorer.Last };

        var response = await _scheduler.Plans.ExplainAsync(new ExplainRequest { Descriptor_ = descriptor, Model = TestModels.LlavaProfile() });

        Assert.Equal(2.0 * 4096 * (576 + 64), response.Cost.RankingFlops);
    }

    [Fact]
    public async Task Explain_ModelUnknown_IsNotFoundAndNamesTheKnown()
    {
        await _scheduler.AnnounceAsync(TestModels.LlavaProfile());
        var descriptor = PlanClient.Descriptor();
        descriptor.Model = "gpt-9";

        var exception = await RefusedAsync(new ExplainRequest { Descriptor_ = descriptor });

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        Assert.Contains("known are llava-1.5-7b", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OnlyOneModelKnownAndNoneNamed_IsThatOne()
    {
        await _scheduler.AnnounceAsync(TestModels.LlavaProfile());

        var response = await _scheduler.Plans.ExplainAsync(new ExplainRequest { Descriptor_ = PlanClient.Descriptor() });

        Assert.Equal(TestModels.Llava, response.Plan.Model);
    }

    [Fact]
    public async Task Explain_OtherRevision_IsAFailedPrecondition()
    {
        await _scheduler.AnnounceAsync(TestModels.LlavaProfile());
        var descriptor = PlanClient.Descriptor();
        descriptor.ModelRevision = "rev-9";

        Assert.Equal(StatusCode.FailedPrecondition, (await RefusedAsync(new ExplainRequest { Descriptor_ = descriptor })).StatusCode);
    }

    [Fact]
    public async Task Explain_InfeasibleBudget_SaysWhatIsNearest()
    {
        var descriptor = PlanClient.Descriptor();
        descriptor.Override = new PlanOverride { Budget = new Budget { MeanKeep = 0.05 } };

        var exception = await RefusedAsync(new ExplainRequest { Descriptor_ = descriptor, Model = TestModels.LlavaProfile() });

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Contains("infeasible: ", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("nearest is mean=", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ManyFaults_AllAreNamed()
    {
        var model = TestModels.LlavaProfile();
        (model.Language.Layers, model.Language.KvHeads) = (2_000_000_000, 33);
        var descriptor = PlanClient.Descriptor();
        descriptor.Override = new PlanOverride { Spec = "nonsense" };

        var exception = await RefusedAsync(new ExplainRequest { Descriptor_ = descriptor, Model = model, Accounting = (Accounting)9 });

        var fields = RpcFaults.Read(exception).Select(fault => fault.Field);
        Assert.Equal(["accounting", "model.language.kvHeads", "model.language.layers", "override.spec.spec"], fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Explain_NoDescriptor_IsInvalid()
    {
        var exception = await RefusedAsync(new ExplainRequest { Model = TestModels.LlavaProfile() });

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
    }

    private async Task<RpcException> RefusedAsync(ExplainRequest request) =>
        await Assert.ThrowsAsync<RpcException>(async () => await _scheduler.Plans.ExplainAsync(request));
}
