using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Plans;

public sealed class PlanErrorTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await TestScheduler.StartAsync();
        await _scheduler.AnnounceAsync(TestModels.Profile("qwen2-vl-7b"));
        await _scheduler.ApplyAsync(new Policy
        {
            Name = "strict",
            Rules = { new ClassRule { RequestClass = "count", Full = true } },
        });
        await _scheduler.ApplyAsync(new Policy
        {
            Name = "qwen-only",
            Model = "qwen2-vl-7b",
            Rules = { new ClassRule { RequestClass = "*", Full = true } },
        });
    }

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData("""{"imageTokens":[576],"textTokens":5}""", StatusCode.InvalidArgument, "requestId")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"model":"gpt-9"}""", StatusCode.NotFound, "gpt-9")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"modelRevision":"rev-2"}""", StatusCode.FailedPrecondition, "rev-2")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"policy":"nobody"}}""", StatusCode.NotFound, "nobody")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"policy":"qwen-only"}}""", StatusCode.FailedPrecondition, "qwen2-vl-7b")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"policy":"strict"},"requestClass":"ocr"}""", StatusCode.NotFound, "class 'ocr'")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"scheduleId":"s-0123456789abcdef"}}""", StatusCode.NotFound, "s-0123456789abcdef")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"scheduleId":"x"}}""", StatusCode.InvalidArgument, "'x' is no schedule id")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"rates":{"rates":[1,1,0.5]}}}""", StatusCode.InvalidArgument, "3 rates given")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"rates":{"rates":[1,0.5,0.75]}}}""", StatusCode.InvalidArgument, "exceeds")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"rates":{"rates":[1,"NaN"]}}}""", StatusCode.InvalidArgument, "NaN")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"budget":{"meanKeep":0.01}}}""", StatusCode.InvalidArgument, "nearest is mean=")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"budget":{"meanKeep":2}}}""", StatusCode.InvalidArgument, "mean=2")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"spec":"fastv"}}""", StatusCode.InvalidArgument, "K")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"full":false}}""", StatusCode.InvalidArgument, "full")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"override":{"full":true,"scorer":9}}""", StatusCode.InvalidArgument, "scorer")]
    [InlineData("""{"requestId":"r","imageTokens":[-1],"textTokens":5}""", StatusCode.InvalidArgument, "imageTokens[0]")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":-5}""", StatusCode.InvalidArgument, "textTokens")]
    [InlineData("""{"requestId":"r","imageTokens":[5000],"textTokens":5}""", StatusCode.InvalidArgument, "4096")]
    [InlineData("""{"requestId":"r","imageTokens":[2147483647,2147483647],"textTokens":5}""", StatusCode.InvalidArgument, "4096")]
    [InlineData("""{"requestId":"r","imageTokens":[576],"textTokens":5,"deadlineMs":"-1"}""", StatusCode.DeadlineExceeded, "deadline")]
    public async Task StreamPlans_BadDescriptor_IsAnsweredByAnErrorAndTheStreamGoesOn(string json, StatusCode code, string said)
    {
        using var client = await PlanClient.OpenAsync(_scheduler);
        var descriptor = JsonParser.Default.Parse<PlanDescriptor>(json);

        var error = (await client.AskAsync(descriptor)).Error;

        Assert.Equal((descriptor.RequestId, (int)code), (error.RequestId, error.Code));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.NotNull((await client.AskAsync(PlanClient.Descriptor("next"))).Plan);
    }

    [Fact]
    public async Task StreamPlans_OverridesNotAllowed_AreRefused()
    {
        var policy = TestPolicies.Full("default");
        policy.AllowOverrides = false;
        await _scheduler.ApplyAsync(policy);
        using var client = await PlanClient.OpenAsync(_scheduler);
        foreach (var wanted in new[] { new PlanOverride { Spec = "uniform:r=0.5" }, new PlanOverride { Scorer = Scorer.Last } })
        {
            var descriptor = PlanClient.Descriptor();
            descriptor.Override = wanted;

            Assert.Equal((int)StatusCode.FailedPrecondition, (await client.AskAsync(descriptor)).Error.Code);
        }
    }

    [Fact]
    public async Task StreamPlans_OtherKnownModel_IsPlannedForItsShape()
    {
        using var client = await PlanClient.OpenAsync(_scheduler);
        var descriptor = PlanClient.Descriptor();
        descriptor.Model = "qwen2-vl-7b";

        Assert.Equal(28, (await client.AskAsync(descriptor)).Plan.Counts.Count);
    }
}
