using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using KeepRates = Fovea.Planning.Schedules.KeepRates;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Says what a double of an executor's calibration service does, and keeps what it was asked.</summary>
internal sealed class OracleScript
{
    public const int VisionTokens = 64;
    public const int Questions = 24;
    public const int HeldOutQuestions = 9;

    public static readonly string Set = new('a', 64);
    public static readonly string HeldOut = new('b', 64);

    /// <summary>Tokens that the hardest question needs in each layer.</summary>
    public static readonly ImmutableArray<int> Essential = [64, 64, 40, 40, 22, 9];

    public HashSet<string> Sets { get; } = new([Set, HeldOut], StringComparer.Ordinal);

    /// <summary>Runs before each score.</summary>
    public Func<Shard, int, CancellationToken, Task> BeforeScore { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Returns why a shard fails, or null.</summary>
    public Func<Shard, ShardFailed?> Fail { get; set; } = _ => null;

    public bool SendsTwice { get; set; }

    /// <summary>Every shard that was taken up, with the metric it was asked for.</summary>
    public ConcurrentQueue<(Metric Metric, Shard Shard)> Shards { get; } = new();

    public ConcurrentQueue<long> Dropped { get; } = new();

    public ConcurrentQueue<string> FetchedFrom { get; } = new();

    public static ModelProfile Model(string revision = "rev-1")
    {
        var shape = KnownShapes.Get("llava-1.5-7b");
        var profile = ModelProfileMapping.ToProto(new("oracle", revision, shape, 4096));
        profile.Language.Layers = Essential.Length;
        profile.Vision.VisionTokensPerTile = VisionTokens;
        return profile;
    }

    public static SetQuestions QuestionsOf(string digest)
    {
        var questions = new SetQuestions { Name = digest == Set ? "calibration" : "eval" };
        questions.Questions.AddRange(Enumerable.Range(0, digest == Set ? Questions : HeldOutQuestions).Select(index => new SetQuestion
        {
            Image = $"{index}.png",
            Question = "?",
            Answer = "!",
            Type = index % 4 == 0 ? "count" : "color",
        }));
        return questions;
    }

    public static SetSummary SummaryOf(string digest) => new()
    {
        Digest = digest,
        Questions = QuestionsOf(digest).Questions.Count,
        VisionTokens = VisionTokens,
        TextTokens = 20,
    };

    /// <summary>Scores as a model would that answers question i right only with the tokens that it needs; one in five needs one fewer.</summary>
    public static SampleScore ScoreOf(Shard shard, int sample)
    {
        var rates = KeepRates.Create([.. shard.Candidate.Rates.Rates]).Require();
        var counts = KeepCounts.From(rates, VisionTokens, shard.Candidate.Rates.Floor);
        var spare = sample % 5 == 0 ? 1 : 0;
        var isRight = counts.Zip(Essential, (count, needed) => count >= Math.Min(VisionTokens - 1, needed - spare)).All(enough => enough);
        return new SampleScore
        {
            Shard = shard.Id,
            Sample = sample,
            Correct = isRight,
            Agrees = isRight,
            Nll = isRight ? 0.125 : 1.5,
            Kl = isRight ? 0 : 0.75,
            LayerForwards = Essential.Length,
            PrefillFlops = counts.Sum() * 1e9,
            FullPrefillFlops = VisionTokens * Essential.Length * 1e9,
            MeanKeep = counts.Average() / VisionTokens,
        };
    }
}
