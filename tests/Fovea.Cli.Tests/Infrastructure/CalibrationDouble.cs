using System.Collections.Concurrent;
using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Keeps sets and scores candidates by a given rule.</summary>
internal sealed class CalibrationDouble : CalibrationService.CalibrationServiceBase
{
    private readonly Func<Candidate, int, SampleScore> _score;

    public CalibrationDouble(Func<Candidate, int, SampleScore>? score = null) => _score = score ?? ((_, _) => new SampleScore { Correct = true, PrefillFlops = 1e9, FullPrefillFlops = 2e9, MeanKeep = 0.5 });

    public ConcurrentDictionary<string, SetQuestions> Sets { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<Shard> Shards { get; } = new();

    public ConcurrentQueue<EvaluateOpen> Opens { get; } = new();

    /// <summary>Gets or sets how many shards are scored before the stream breaks; none when null.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>Gets or sets the digest that is answered in place of the right one.</summary>
    public string? WrongDigest { get; set; }

    public override Task<DescribeCalibrationResponse> DescribeCalibration(DescribeCalibrationRequest request, ServerCallContext context) =>
        Task.FromResult(new DescribeCalibrationResponse { Sets = { Sets.Select(set => new SetSummary { Digest = set.Key }) } });

    public override async Task<SetSummary> PutSet(IAsyncStreamReader<SetPart> requestStream, ServerCallContext context)
    {
        SetQuestions? questions = null;
        var images = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        await foreach (var part in requestStream.ReadAllAsync())
        {
            questions = part.Questions ?? questions;
            if (part.Image is { } image)
            {
                images.Add(image.Key, image.Data.Memory);
            }
        }

        var digest = QuestionSetDigest.Of(questions!.Questions, key => images[key]);
        Sets[digest] = questions;
        return new SetSummary { Digest = WrongDigest ?? digest, Questions = questions.Questions.Count, Images = images.Count };
    }

    public override async Task Evaluate(
        IAsyncStreamReader<EvaluateRequest> requestStream, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context)
    {
        var done = 0;
        await foreach (var request in requestStream.ReadAllAsync())
        {
            if (request.Open is { } open)
            {
                Opens.Enqueue(open);
                continue;
            }

            if (BreaksAfter is { } most && done++ >= most)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "killed"));
            }

            await ScoreAsync(request.Shard, responseStream);
        }
    }

    public override async Task StudyRankings(StudyRankingsRequest request, IServerStreamWriter<SampleRankings> responseStream, ServerCallContext context)
    {
        foreach (var sample in request.Samples)
        {
            await responseStream.WriteAsync(new SampleRankings { Sample = sample, Tau = { 0.1 * (sample % 2), 0.8 }, MedianScore = { 0.003, 0.001, 0.002 } });
        }
    }

    private async Task ScoreAsync(Shard shard, IServerStreamWriter<EvaluateResponse> responseStream)
    {
        Shards.Enqueue(shard);
        foreach (var sample in shard.Samples)
        {
            var score = _score(shard.Candidate, sample);
            (score.Shard, score.Sample) = (shard.Id, sample);
            await responseStream.WriteAsync(new EvaluateResponse { Score = score });
        }

        await responseStream.WriteAsync(new EvaluateResponse { Done = new ShardDone { Shard = shard.Id } });
    }
}
