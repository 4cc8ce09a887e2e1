using System.Text.Json;
using Fovea.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>A few questions of the demo checkpoint, as a set.</summary>
internal static class DemoSet
{
    private static readonly string Folder = Path.Combine(FixtureFiles.Root, "models", "demo", "eval");

    /// <summary>Questions of <c>eval</c>, every <paramref name="step"/>th.</summary>
    public static List<SetPart> Parts(int count, int step = 7)
    {
        var questions = new SetQuestions { Name = "demo" };
        var lines = File.ReadLines(Path.Combine(Folder, "questions.jsonl")).Where((_, index) => index % step == 0).Take(count);
        questions.Questions.AddRange(lines.Select(Read));
        var parts = new List<SetPart> { new() { Questions = questions } };
        parts.AddRange(questions.Questions.Select(question => question.Image).Distinct().Select(key => new SetPart { Image = Image(key) }));
        return parts;
    }

    public static async Task<SetSummary> PutAsync(this CalibrationService.CalibrationServiceClient client, IEnumerable<SetPart> parts)
    {
        using var call = client.PutSet();
        try
        {
            foreach (var part in parts)
            {
                await call.RequestStream.WriteAsync(part).InTimeAsync();
            }

            await call.RequestStream.CompleteAsync().InTimeAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server has refused already; its status says why.
        }

        return await call.ResponseAsync.InTimeAsync();
    }

    public static Candidate Candidate(IEnumerable<int> counts, int shared = 0, Scorer scorer = Scorer.Instruction)
    {
        var candidate = new Candidate { Rates = new KeepRates { Floor = 0 }, SharedLayers = shared, Scorer = scorer };
        candidate.Rates.Rates.AddRange(counts.Select(count => count / 256.0));
        return candidate;
    }

    public static EvaluateRequest Shard(long id, Candidate candidate, IEnumerable<int> samples)
    {
        var shard = new Shard { Id = id, Candidate = candidate };
        shard.Samples.AddRange(samples);
        return new EvaluateRequest { Shard = shard };
    }

    private static SetQuestion Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new SetQuestion
        {
            Image = root.GetProperty("image").GetString(),
            Question = root.GetProperty("question").GetString(),
            Answer = root.GetProperty("answer").GetString(),
            Type = root.GetProperty("type").GetString(),
        };
    }

    private static SetImage Image(string key) => new() { Key = key, Data = ByteString.CopyFrom(File.ReadAllBytes(Path.Combine(Folder, key))) };
}
