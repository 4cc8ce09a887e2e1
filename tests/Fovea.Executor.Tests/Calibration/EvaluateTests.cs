using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>Trials over the wire, on the demo checkpoint.</summary>
[Collection(nameof(TensorCollection))]
public sealed class EvaluateTests
{
    private static readonly int[] Full = [.. Enumerable.Repeat(256, 12)];
    private static readonly int[] Pruned = [256, 256, 256, 132, 132, 109, 109, 40, 20, 10, 0, 0];

    [Fact]
    public async Task Evaluate_TwelveQuestions_ScoresAreWhatGenerateAnswers()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var parts = DemoSet.Parts(12);
        var set = await executor.Calibration.PutAsync(parts);
        using var call = await OpenAsync(executor, set.Digest, Metric.Accuracy, Metric.Agreement, Metric.Nll, Metric.Kl);

        var full = await RunAsync(call, 1, DemoSet.Candidate(Full), 12);
        var pruned = await RunAsync(call, 2, DemoSet.Candidate(Pruned), 12);

        var questions = parts[0].Questions.Questions;
        for (var index = 0; index < questions.Count; index++)
        {
            await AssertServedAsync(executor, parts, index, Full, full[index]);
            await AssertServedAsync(executor, parts, index, Pruned, pruned[index]);
        }

        Assert.All(full, score => Assert.Equal((true, 0.0, 1.0, 12), (score.Agrees, score.Kl, score.MeanKeep, score.LayerForwards)));
        Assert.All(pruned, score => Assert.True(score.PrefillFlops < score.FullPrefillFlops && score.Kl > 0));
        Assert.All(full.Concat(pruned), score => Assert.True(score.Nll is > 0 and < 20));
        await call.RequestStream.CompleteAsync().InTimeAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
    }

    [Fact]
    public async Task Evaluate_BadShards_EachFailsWithEveryFaultAndTheStreamGoesOn()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var set = await executor.Calibration.PutAsync(DemoSet.Parts(2));
        using var call = await OpenAsync(executor, set.Digest, Metric.Nll);
        var bad = DemoSet.Candidate([256, 128]);
        bad.SharedLayers = 13;

        await call.RequestStream.WriteAsync(DemoSet.Shard(5, bad, [0, 2, -1])).InTimeAsync();
        var failed = await NextAsync(call);
        var good = await RunAsync(call, 6, DemoSet.Candidate(Full), 2);

        Assert.Equal((5, (int)StatusCode.InvalidArgument), (failed.Failed.Shard, failed.Failed.Code));
        Assert.Contains("2 rates given, the model has 12 layers", failed.Failed.Message, StringComparison.Ordinal);
        Assert.Contains("shared_layers", failed.Failed.Message, StringComparison.Ordinal);
        Assert.Contains("samples[1]", failed.Failed.Message, StringComparison.Ordinal);
        Assert.Contains("samples[2]", failed.Failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, good.Count);
    }

    [Fact]
    public async Task Evaluate_DroppedShard_IsDoneAndTheNextOneRuns()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var set = await executor.Calibration.PutAsync(DemoSet.Parts(2));
        using var call = await OpenAsync(executor, set.Digest, Metric.Nll);
        var many = Enumerable.Range(0, 2000).Select(index => index % 2);

        await call.RequestStream.WriteAsync(DemoSet.Shard(1, DemoSet.Candidate(Full), many)).InTimeAsync();
        await NextAsync(call);
        await call.RequestStream.WriteAsync(new EvaluateRequest { DropShard = 1 }).InTimeAsync();
        await call.RequestStream.WriteAsync(DemoSet.Shard(2, DemoSet.Candidate(Full), [1])).InTimeAsync();
        var answers = new List<EvaluateResponse>();
        while (answers.LastOrDefault()?.Done?.Shard != 2)
        {
            answers.Add(await NextAsync(call));
        }

        Assert.Contains(answers, answer => answer.Done?.Shard == 1);
        Assert.True(answers.Count < 2000, $"{answers.Count} answers came.");
        Assert.Equal(2, answers[^2].Score.Shard);
    }

    [Theory]
    [InlineData("revision", StatusCode.FailedPrecondition)]
    [InlineData("set", StatusCode.NotFound)]
    [InlineData("model", StatusCode.NotFound)]
    [InlineData("metric", StatusCode.InvalidArgument)]
    [InlineData("open", StatusCode.InvalidArgument)]
    public async Task Evaluate_BadOpening_EndsWithItsStatus(string fault, StatusCode expected)
    {
        await using var executor = await DemoExecutor.StartAsync();
        var set = await executor.Calibration.PutAsync(DemoSet.Parts(1));
        var open = new EvaluateOpen
        {
            SetDigest = fault == "set" ? new string('0', 64) : set.Digest,
            Model = fault == "model" ? "other" : "demo",
            ModelRevision = fault == "revision" ? "other" : executor.Revision,
        };
        open.Metrics.Add(fault == "metric" ? Metric.Unspecified : Metric.Nll);
        using var call = executor.Calibration.Evaluate();

        await call.RequestStream.WriteAsync(fault == "open" ? new EvaluateRequest { DropShard = 1 } : new EvaluateRequest { Open = open }).InTimeAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());

        Assert.Equal(expected, error.StatusCode);
    }

    [Fact]
    public async Task Evaluate_ModelStillLoading_IsUnavailable()
    {
        await using var executor = await DemoExecutor.StartAsync(loaded: false);
        using var call = executor.Calibration.Evaluate();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task Evaluate_ExecutorDrains_EndsUnavailable()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var set = await executor.Calibration.PutAsync(DemoSet.Parts(2));
        using var call = await OpenAsync(executor, set.Digest, Metric.Nll);
        await RunAsync(call, 1, DemoSet.Candidate(Full), 1);

        var stopping = executor.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await stopping.InTimeAsync();
    }

    private static async Task<AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse>> OpenAsync(
        DemoExecutor executor, string digest, params Metric[] metrics)
    {
        var open = new EvaluateOpen { SetDigest = digest, Model = "demo", ModelRevision = executor.Revision };
        open.Metrics.AddRange(metrics);
        var call = executor.Calibration.Evaluate();
        await call.RequestStream.WriteAsync(new EvaluateRequest { Open = open }).InTimeAsync();
        return call;
    }

    private static async Task<List<SampleScore>> RunAsync(
        AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse> call, long id, Candidate candidate, int samples)
    {
        await call.RequestStream.WriteAsync(DemoSet.Shard(id, candidate, Enumerable.Range(0, samples))).InTimeAsync();
        var scores = new List<SampleScore>();
        while (await NextAsync(call) is { KindCase: EvaluateResponse.KindOneofCase.Score } answer)
        {
            scores.Add(answer.Score);
        }

        return scores;
    }

    private static async Task<EvaluateResponse> NextAsync(AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
        return call.ResponseStream.Current;
    }

    private static async Task AssertServedAsync(DemoExecutor executor, List<SetPart> parts, int index, int[] counts, SampleScore score)
    {
        var question = parts[0].Questions.Questions[index];
        var message = new ChatMessage { Role = "user" };
        message.Parts.Add(new ContentPart { Image = new Image { Data = parts.Single(part => part.Image?.Key == question.Image).Image.Data } });
        message.Parts.Add(new ContentPart { Text = question.Question });
        var request = new GenerateRequest { Plan = new PlanOverride { Rates = DemoSet.Candidate(counts).Rates } };
        request.Messages.Add(message);
        using var call = executor.Inference.Generate(request);
        var done = (await call.ReadAsync())[^1].Done;

        Assert.Equal(counts, done.AppliedCounts);
        Assert.Equal(done.Text.Trim() == question.Answer, score.Correct);
        Assert.StartsWith(score.Text, done.Text, StringComparison.Ordinal);
        Assert.Equal((done.PrefillFlops, done.FullPrefillFlops), (score.PrefillFlops, score.FullPrefillFlops));
    }
}
