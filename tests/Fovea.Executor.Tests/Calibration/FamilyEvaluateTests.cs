using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>Trials on a checkpoint that is no LLaVA: positions in time and space, images of many sizes.</summary>
[Collection(nameof(TensorCollection))]
public sealed class FamilyEvaluateTests
{
    private static readonly string[] Images = ["wide.png", "tall.png", "boat.jpg"];

    [Theory]
    [InlineData("qwen2-vl")]
    [InlineData("internvl-qwen2")]
    public async Task Evaluate_ImagesOfThreeSizes_ScoresAreWhatGenerateAnswers(string family)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        var set = await executor.Calibration.PutAsync(Parts());
        using var call = await OpenAsync(executor, set.Digest);
        double[] rates = [1, 1, 0.5, 0.5, 0.25, 0.25, 0.1, 0.1];

        await call.RequestStream.WriteAsync(DemoSet.Shard(1, CandidateOf(rates), [0, 1, 2])).InTimeAsync();
        for (var index = 0; index < Images.Length; index++)
        {
            var score = (await NextAsync(call)).Score;
            var request = FamilyExecutor.Ask(8, Images[index], "What is this?");
            request.Sampling = new Sampling { MaxTokens = executor.Model.DefaultMaxTokens };
            request.Plan = new PlanOverride { Rates = new KeepRates { Floor = 0 } };
            request.Plan.Rates.Rates.AddRange(rates);
            var (_, done) = await executor.AnswerAsync(request);

            Assert.Equal(done.PrefillFlops, score.PrefillFlops);
            Assert.Equal(done.FullPrefillFlops, score.FullPrefillFlops);
            Assert.StartsWith(score.Text, done.Text, StringComparison.Ordinal);
            Assert.True(score.Nll > 0 && score.Kl > 0 && score.MeanKeep < 0.6);
        }

        Assert.Equal(1, (await NextAsync(call)).Done.Shard);
    }

    [Fact]
    public async Task Evaluate_RenumberWithPositionsInSpace_FailsTheShardAsAPrecondition()
    {
        await using var executor = await FamilyExecutor.OfAsync("qwen2-vl");
        var set = await executor.Calibration.PutAsync(Parts());
        using var call = await OpenAsync(executor, set.Digest);
        var candidate = CandidateOf([1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        candidate.Positions = PositionMode.Renumber;

        await call.RequestStream.WriteAsync(DemoSet.Shard(4, candidate, [0])).InTimeAsync();
        var answer = await NextAsync(call);

        Assert.Equal((4, (int)StatusCode.FailedPrecondition), (answer.Failed.Shard, answer.Failed.Code));
        Assert.Contains("renumber", answer.Failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ImageTooLongForItsWidth_FailsTheShardAtItsImage()
    {
        await using var executor = await FamilyExecutor.OfAsync("qwen2-vl");
        var parts = Parts();
        parts[1].Image.Data = Pictures.PngClaiming(2010, 10);
        var set = await executor.Calibration.PutAsync(parts);
        using var call = await OpenAsync(executor, set.Digest);

        await call.RequestStream.WriteAsync(DemoSet.Shard(5, CandidateOf([1, 1, 1, 1, 1, 1, 1, 1]), [0])).InTimeAsync();
        var answer = await NextAsync(call);

        Assert.Equal((5, (int)StatusCode.InvalidArgument), (answer.Failed.Shard, answer.Failed.Code));
        Assert.Contains($"images[{Images[0]}]", answer.Failed.Message, StringComparison.Ordinal);
        Assert.Contains("aspect ratio", answer.Failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen2-vl")]
    [InlineData("internvl-qwen2")]
    public async Task PutSet_ImagesOfThreeSizes_TellsTheMostTokensOfAPrompt(string family)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);

        var set = await executor.Calibration.PutAsync(Parts());

        var served = new List<Done>();
        foreach (var image in Images)
        {
            served.Add((await executor.AnswerAsync(FamilyExecutor.Ask(1, image, "What is this?"))).Done);
        }

        var vision = served.Select(done => done.AppliedCounts[0]).ToList();
        Assert.True(vision.Min() < vision.Max());
        Assert.Equal(vision.Max(), set.VisionTokens);
        Assert.True(set.TextTokens > 0);
    }

    [Fact]
    public async Task PutSet_ImageTooLongForItsWidth_IsHeldWithPromptsUnknown()
    {
        await using var executor = await FamilyExecutor.OfAsync("qwen2-vl");
        var parts = Parts();
        parts[1].Image.Data = Pictures.PngClaiming(2010, 10);

        var set = await executor.Calibration.PutAsync(parts);
        var described = await executor.Calibration.DescribeCalibrationAsync(new DescribeCalibrationRequest());

        Assert.Equal((3, 0, 0), (set.Questions, set.VisionTokens, set.TextTokens));
        Assert.Equal(set, Assert.Single(described.Sets));
    }

    private static List<SetPart> Parts()
    {
        var questions = new SetQuestions { Name = "pictures" };
        questions.Questions.AddRange(Images.Select(image => new SetQuestion { Image = image, Question = "What is this?", Answer = "a boat", Type = "any" }));
        var parts = new List<SetPart> { new() { Questions = questions } };
        parts.AddRange(Images.Select(image => new SetPart
        {
            Image = new SetImage { Key = image, Data = ByteString.CopyFrom(File.ReadAllBytes(Fixtures.Path("images", image))) },
        }));
        return parts;
    }

    private static Candidate CandidateOf(double[] rates)
    {
        var candidate = new Candidate { Rates = new KeepRates { Floor = 0 }, Scorer = Scorer.Instruction };
        candidate.Rates.Rates.AddRange(rates);
        return candidate;
    }

    private static async Task<AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse>> OpenAsync(FamilyExecutor executor, string digest)
    {
        var open = new EvaluateOpen { SetDigest = digest, Model = "family", ModelRevision = executor.Model.Profile.Revision };
        open.Metrics.AddRange([Metric.Accuracy, Metric.Agreement, Metric.Nll, Metric.Kl]);
        var call = executor.Calibration.Evaluate();
        await call.RequestStream.WriteAsync(new EvaluateRequest { Open = open }).InTimeAsync();
        return call;
    }

    private static async Task<EvaluateResponse> NextAsync(AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
        return call.ResponseStream.Current;
    }
}
