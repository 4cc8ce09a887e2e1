using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;
using Google.Protobuf;
using Budget = Fovea.Contracts.V1.Budget;

namespace Fovea.Scheduler.Tests.Plans;

public sealed class PlanDigestTests : IAsyncLifetime
{
    private static readonly string[] Specs =
    [
        "full", "fastv:K=2,R=0.5", "pdrop:layers=8/16/24,keep=0.5/0.25/0.125", "vtw:K=16", "uniform:r=0.3,first=3",
        "sigmoid:k=0.22,A=0.76,c=12.2,first=3", "sigmoid:k=0.22,A=0.76,mean=0.3", "sigmoid:tflops=30,first=3",
        "fastv:K=2,mean=0.3", "pdrop:layers=8/16/24,flops=0.9", "vtw:mean=0.5", "sparsevlm:layers=2/6/15,mean=0.3",
    ];

    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task Digest_FromStreamExplainSnapshotAndResolver_IsOne()
    {
        var random = new Random(7);
        using var client = await PlanClient.OpenAsync(_scheduler);
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        var update = executor.First;
        foreach (var spec in Specs)
        {
            await executor.AckAsync(update);
            await _scheduler.ApplyAsync(TestPolicies.BySpec("default", spec));
            update = await executor.NextUpdateAsync();
            var snapshot = SnapshotMapping.ToDomain(update.Snapshot).Require();
            for (var request = 0; request < 20; request++)
            {
                var descriptor = PlanClient.Descriptor($"{spec}-{request}", random.Next(100, 3000), random.Next(1, 900));

                var streamed = (await client.AskAsync(descriptor)).Plan;
                var explained = (await _scheduler.Plans.ExplainAsync(new ExplainRequest { Descriptor_ = Of(descriptor) })).Plan;

                Assert.Equal(streamed, explained);
                Assert.Equal(ByResolver(snapshot, descriptor, spec), streamed.Digest);
                Assert.Equal(streamed.Digest, PlanMapping.ToDomain(streamed).Require().Digest.Hex);
                Assert.Equal(streamed, ByExecutor(snapshot, descriptor));
            }
        }
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("flops")]
    [InlineData("ms")]
    public async Task Digest_BudgetOfATable_IsOneInSchedulerAndExecutor(string kind)
    {
        var budget = kind switch
        {
            "mean" => new Budget { MeanKeep = 0.33 },
            "flops" => new Budget { FlopsShare = 0.45 },
            _ => new Budget { Milliseconds = 120 },
        };
        using var parts = new Parts();
        await parts.Store.UpdateAsync(_ => new StoreChange.PutBudgetTable(TestTables.Budgets()), CancellationToken.None);
        await parts.Store.UpdateAsync(_ => new StoreChange.PutCostTable(TestTables.Costs()), CancellationToken.None);
        await Stores.PutAsync(parts.Store, TestPolicies.ByBudget("default", budget));
        var serving = parts.States.Current;
        var received = SnapshotMapping.ToDomain(Snapshot.Parser.ParseFrom(serving.Message.ToByteArray())).Require();
        var descriptor = PlanClient.Descriptor("r1", 576, 75);

        var scheduled = PlanMapping.ToProto("r1", new PlanDecider().Decide(serving.Planning, Profile(), descriptor));

        Assert.Equal(scheduled, ByExecutor(received, descriptor));
        Assert.EndsWith(",table=search-1", scheduled.Provenance.Spec, StringComparison.Ordinal);
        Assert.True(PlanMapping.ToDomain(scheduled).IsValid);
    }

    private static PlanDescriptor Of(PlanDescriptor descriptor)
    {
        var copy = descriptor.Clone();
        copy.Model = TestModels.Llava;
        return copy;
    }

    private static Planning.Policies.ModelProfile Profile() => ModelProfileMapping.ToDomain(TestModels.LlavaProfile()).Require();

    /// <summary>Decides as an executor does that has only the feed.</summary>
    private static Contracts.V1.KeepPlan ByExecutor(PlanningSnapshot snapshot, PlanDescriptor descriptor) =>
        PlanMapping.ToProto(descriptor.RequestId, new PlanDecider().Decide(snapshot, Profile(), descriptor));

    /// <summary>Decides by the domain alone, with no message in between.</summary>
    private static string ByResolver(PlanningSnapshot snapshot, PlanDescriptor descriptor, string spec)
    {
        var policy = new Planning.Policies.Policy
        {
            Name = "default",
            Rules = [new Planning.Policies.ClassRule("*", new Serving.BySpec(ScheduleSpec.Parse(spec).Require()))],
        };
        var direct = new PolicySnapshot(snapshot.Epoch, snapshot.Revision, [policy], []);
        var request = new PlanRequest { ImageTokens = [.. descriptor.ImageTokens], TextTokens = descriptor.TextTokens };
        return new PlanResolver(0).Resolve(direct, Profile(), request).Plan!.Digest.Hex;
    }
}
