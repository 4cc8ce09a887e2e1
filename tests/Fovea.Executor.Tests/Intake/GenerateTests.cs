using Fovea.Contracts.V1;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using FinishReason = Fovea.Contracts.V1.FinishReason;

namespace Fovea.Executor.Tests.Intake;

/// <summary>What a good request gets.</summary>
public sealed class GenerateTests : IAsyncLifetime
{
    private TestExecutor _executor = null!;

    public async Task InitializeAsync() => _executor = await TestExecutor.StartAsync();

    public async Task DisposeAsync() => await _executor.DisposeAsync();

    [Fact]
    public async Task Generate_Answered_StreamsAdmittedDeltasDone()
    {
        var ids = Ids("red fish");
        _executor.Engine.Tokens = ids;

        var events = await _executor.AnswerAsync();

        Assert.Equal(GenerateEvent.KindOneofCase.Admitted, events[0].KindCase);
        Assert.Equal(("r1", "executor-1"), (events[0].Admitted.RequestId, events[0].Admitted.ExecutorId));
        var deltas = events[1..^1].Select(item => item.Delta).ToList();
        Assert.Equal("red fish", string.Concat(deltas.Select(delta => delta.Text)));
        Assert.Equal(ids, deltas.SelectMany(delta => delta.TokenIds));
        var done = events[^1].Done;
        Assert.Equal(("red fish", FinishReason.Eos), (done.Text, done.FinishReason));
        Assert.Equal((274, 256, ids.Length), (done.Usage.PromptTokens, done.Usage.VisionTokens, done.Usage.CompletionTokens));
    }

    [Fact]
    public async Task Generate_SchedulePlan_ReportsAppliedCountsAndCosts()
    {
        _executor.Engine.Tokens = Ids("red");

        var events = await _executor.AnswerAsync(Requests.Ask(request => request.Plan = new PlanOverride { Spec = "vtw:K=6" }));

        var plan = events[0].Admitted.Plan;
        Assert.Equal([256, 256, 256, 256, 256, 256], plan.Counts.Take(6));
        Assert.All(plan.Counts.Skip(6), count => Assert.InRange(count, 0, 1));
        var done = events[^1].Done;
        Assert.Equal(plan.Counts, done.AppliedCounts);
        Assert.Equal(plan.Digest, done.PlanDigest);
        Assert.True(done.PrefillFlops < done.FullPrefillFlops * 0.6);
        Assert.True(done.KvBytes < done.FullKvBytes * 0.6);
    }

    [Fact]
    public async Task Generate_FullPlan_CostsTheFullPrefill()
    {
        var events = await _executor.AnswerAsync(Requests.Ask(request => request.Plan = new PlanOverride { Full = true }));

        var done = events[^1].Done;
        Assert.Equal(done.FullPrefillFlops, done.PrefillFlops);
        Assert.Equal(done.FullKvBytes, done.KvBytes);
        // 12 layers, 274 tokens, key and value of 192 numbers of 2 bytes.
        Assert.Equal(12L * 274 * 2 * 192 * 2, done.KvBytes);
    }

    [Fact]
    public async Task Generate_Stages_ComeInOrder()
    {
        _executor.Engine.Tokens = Ids("red");

        var times = (await _executor.AnswerAsync())[^1].Done.Times;

        Assert.True(times.Planned > 0 && times.Encoded > 0);
        Assert.True(Math.Max(times.Planned, times.Encoded) <= times.Prefilled);
        Assert.True(times.Prefilled <= times.FirstToken && times.FirstToken <= times.Completed);
        Assert.Equal(0.005, times.PrefillSeconds, 6);
    }

    [Fact]
    public async Task Generate_NoRequestId_GetsOne()
    {
        var events = await _executor.AnswerAsync(Requests.Ask(request => request.RequestId = string.Empty));

        Assert.Matches("^[0-9a-f]{32}$", events[0].Admitted.RequestId);
        Assert.Equal(events[0].Admitted.RequestId, events[^1].Done.RequestId);
    }

    [Fact]
    public async Task Generate_TwoImages_ArePooledInOnePlan()
    {
        var request = Requests.Ask(request => request.Messages[0].Parts.Insert(0, request.Messages[0].Parts[0].Clone()));

        var events = await _executor.AnswerAsync(request);

        Assert.Equal(512, events[0].Admitted.Plan.VisionTokens);
        Assert.Equal(512, events[^1].Done.Usage.VisionTokens);
        var job = await _executor.Engine.Jobs.Reader.ReadAsync();
        Assert.Equal([256, 256], job.Prompt.VisionSpans.Select(span => span.Length));
    }

    [Fact]
    public async Task Generate_StopStringAcrossTokens_EndsBeforeIt()
    {
        _executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            foreach (var id in Ids("red fish blue bird"))
            {
                events.TryWrite(EngineDouble.Token(id));
            }

            // The real engine goes on until it is told to end.
            await Task.Delay(Timeout.Infinite, ends);
        };

        var events = await _executor.AnswerAsync(Requests.Ask(request => request.Sampling.Stop.Add("sh bl")));

        Assert.Equal(("red fi", FinishReason.Stop), (events[^1].Done.Text, events[^1].Done.FinishReason));
        Assert.Equal("red fi", string.Concat(events[1..^1].Select(item => item.Delta.Text)));
        Assert.Equal(events[^1].Done.Usage.CompletionTokens, events[1..^1].Sum(item => item.Delta.TokenIds.Count));
        Assert.IsAssignableFrom<OperationCanceledException>(await _executor.Engine.Ended.Reader.ReadAsync().AsTask().InTimeAsync());
        Assert.Equal((0, 0), (_executor.Engine.Running, _executor.Engine.LiveFeatures));
    }

    [Fact]
    public async Task Generate_StopStringOnlyBegun_IsPartOfTheAnswer()
    {
        _executor.Engine.Tokens = Ids("red fish");
        _executor.Engine.Reason = Executor.Runtime.FinishReason.Length;

        var done = (await _executor.AnswerAsync(Requests.Ask(request => request.Sampling.Stop.Add("sh!"))))[^1].Done;

        Assert.Equal(("red fish", FinishReason.Length), (done.Text, done.FinishReason));
    }

    [Fact]
    public async Task Generate_Logprobs_ComeWithTheirTokens()
    {
        _executor.Engine.Script = (job, events, _) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            events.TryWrite(new TokenGenerated(Ids("red")[0], -0.25f, [(5, -0.25f), (6, -2f)]));
            events.TryWrite(new GenerationFinished(Executor.Runtime.FinishReason.Eos));
            return Task.CompletedTask;
        };

        var events = await _executor.AnswerAsync(Requests.Ask(request => request.Sampling.Logprobs = 2));

        var choice = Assert.Single(events[1].Delta.Choices);
        Assert.Equal(-0.25f, choice.Chosen.Logprob);
        Assert.Equal([5, 6], choice.Alternatives.Select(other => other.TokenId));
    }

    [Fact]
    public async Task Generate_NoLogprobsAsked_ReportsNone()
    {
        _executor.Engine.Tokens = Ids("red");

        var events = await _executor.AnswerAsync();

        Assert.All(events[1..^1], item => Assert.Empty(item.Delta.Choices));
    }

    [Fact]
    public async Task Generate_Sampling_ReachesTheEngine()
    {
        await _executor.AnswerAsync(Requests.Ask(request => request.Sampling = new Sampling
        {
            MaxTokens = 5,
            Temperature = 0.5f,
            TopK = 7,
            TopP = 0.25f,
            Seed = 9,
            IgnoreEos = true,
        }));

        var job = await _executor.Engine.Jobs.Reader.ReadAsync();
        Assert.Equal((5, 0.5, 7, 0.25, 9UL), (job.Sampling.MaxTokens, job.Sampling.Temperature, job.Sampling.TopK, job.Sampling.TopP, job.Sampling.Seed));
        Assert.Empty(job.EosIds);
    }

    [Fact]
    public async Task Generate_NoSampling_UsesTheModelsDefaultsAndGreed()
    {
        await _executor.AnswerAsync(Requests.Ask(request => request.Sampling = null));

        var job = await _executor.Engine.Jobs.Reader.ReadAsync();
        Assert.Equal((8, 0.0, 1.0), (job.Sampling.MaxTokens, job.Sampling.Temperature, job.Sampling.TopP));
        Assert.Equal(2, Assert.Single(job.EosIds));
    }

    [Fact]
    public async Task Generate_LongAnswerAsked_EndsWhereTheContextIsFull()
    {
        await _executor.AnswerAsync(Requests.Ask(request => request.Sampling.MaxTokens = 2048));

        var job = await _executor.Engine.Jobs.Reader.ReadAsync();
        Assert.Equal(2048 - 274, job.Sampling.MaxTokens);
    }

    [Fact]
    public async Task DescribeModel_Loaded_NamesModelAndState()
    {
        var response = await _executor.Client.DescribeModelAsync(new DescribeModelRequest());

        Assert.Equal(("demo", "revision-1", "llava", "fp32", "cpu"), (response.Model.Name, response.Model.Revision, response.Model.Family, response.Model.Dtype, response.Model.Device));
        Assert.Equal(("executor-1", "not_ready"), (response.ExecutorId, response.PlanState));
    }

    private static int[] Ids(string text) => TestExecutor.Tokenizer.Encode(text, addSpecialTokens: false);
}
