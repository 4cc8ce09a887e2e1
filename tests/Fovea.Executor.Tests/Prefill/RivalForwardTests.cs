using System.Collections.Immutable;
using Fovea.Executor.Cache;
using Fovea.Executor.Prefill;
using Fovea.Executor.Ranking;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>Every scorer's drops against a computation in which dropped tokens are masked, never removed.</summary>
[Collection(nameof(TensorCollection))]
public sealed class RivalForwardTests
{
    private const int First = 2;
    private const int Vision = 9;
    private const int Length = 14;
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData(nameof(TokenScorer.Instruction))]
    [InlineData(nameof(TokenScorer.Last))]
    [InlineData(nameof(TokenScorer.NextLast))]
    [InlineData(nameof(TokenScorer.Raters))]
    [InlineData(nameof(TokenScorer.Random))]
    public void Run_TwoDrops_KeptTokensAndLogitsAreThoseOfTheMaskedComputation(string name)
    {
        using var mode = torch.inference_mode();
        using var tiny = new TinyDecoder();
        var plan = Plan([9, 6, 6, 3]) with { Scorer = Enum.Parse<TokenScorer>(name), Seed = 5 };

        var (logits, kept) = Run(tiny, plan);

        var (expectedLogits, expectedKept) = Masked(tiny, plan);
        Assert.Equal([1, 3], kept.Keys);
        Assert.Equal(expectedKept[1], kept[1].AsEnumerable());
        Assert.Equal(expectedKept[3], kept[3].AsEnumerable());
        AssertClose(expectedLogits, logits);
    }

    [Fact]
    public void Run_Pooled_IsTheRunOfThePooledPrompt()
    {
        using var mode = torch.inference_mode();
        using var tiny = new TinyDecoder();
        var rows = tiny.Rows();
        var vision = rows[First..(First + Vision)];
        double[][] pooled = [Mean(vision, 0, 1, 3, 4), Mean(vision, 2, 5), Mean(vision, 6, 7), vision[8]];
        double[][] shortened = [.. rows[..First], .. pooled, .. rows[(First + Vision)..]];

        var (logits, kept) = Run(tiny, Plan([4, 4, 4, 4]) with { Pool = 2 });

        var (positions, alive) = (Enumerable.Range(0, 9).ToArray(), Enumerable.Repeat(true, 9).ToArray());
        for (var layer = 0; layer < 4; layer++)
        {
            shortened = tiny.Naive.Run(layer, shortened, positions, alive);
        }

        AssertClose(tiny.Naive.Head(shortened[^1]), logits);
        Assert.Equal([0, 2, 6, 8], kept[0].AsEnumerable());
    }

    [Theory]
    [InlineData(2, 5, "averages of 2 x 2 are 4")]
    [InlineData(0, 5, "before anything ranks them")]
    public void Run_WrongFirstCount_IsRefused(int pool, int first, string message)
    {
        using var mode = torch.inference_mode();
        using var tiny = new TinyDecoder();

        var error = Assert.Throws<ArgumentException>(() => Run(tiny, Plan([first, first, first, first]) with { Pool = pool }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static KeepPlan Plan(ImmutableArray<int> counts) => KeepPlan.Full("m", "r", 4, Vision) with { Schedule = "test", Counts = counts, Floor = 0 };

    private static (float[] Logits, ImmutableSortedDictionary<int, ImmutableArray<int>> Kept) Run(TinyDecoder tiny, KeepPlan plan)
    {
        using var cache = KvCache.Allocate(tiny.Options.Shape, plan, Length - Vision, ScalarType.Float32, torch.CPU);
        var input = new PrefillInput(tiny.Embeddings, [new VisionSpan(First, Vision)], plan) { ReportKept = true };
        using var result = new PrefillRunner(tiny.Model).Run(input, cache, CancellationToken.None);
        return (result.Logits.ToSingleArray(), result.Kept);
    }

    private static (double[] Logits, Dictionary<int, int[]> Kept) Masked(TinyDecoder tiny, KeepPlan plan)
    {
        var rows = tiny.Rows();
        var raters = Raters(rows);
        var positions = Enumerable.Range(0, Length).ToArray();
        var alive = Enumerable.Repeat(true, Length).ToArray();
        var kept = new Dictionary<int, int[]>();
        double[][][]? before = null;
        for (var layer = 0; layer < plan.Layers; layer++)
        {
            if (plan.DropsBefore(layer))
            {
                var attention = plan.Scorer == TokenScorer.NextLast ? tiny.Naive.Attention(layer, rows, positions, alive) : before!;
                kept[layer] = Choose(plan, layer, attention, alive, raters);
                for (var token = 0; token < Vision; token++)
                {
                    alive[First + token] = kept[layer].Contains(token);
                }
            }

            before = tiny.Naive.Attention(layer, rows, positions, alive);
            rows = tiny.Naive.Run(layer, rows, positions, alive);
        }

        return (tiny.Naive.Head(rows[^1]), kept);
    }

    private static int[] Choose(KeepPlan plan, int layer, double[][][] attention, bool[] alive, int[] raters)
    {
        var survivors = Enumerable.Range(0, Vision).Where(token => alive[First + token]).ToArray();
        if (plan.Scorer == TokenScorer.Random)
        {
            return [.. RandomOrder.Pick(plan.Seed, layer, survivors.Length, plan.Counts[layer]).Select(place => survivors[place])];
        }

        int[] asking = plan.Scorer switch
        {
            TokenScorer.Instruction => [11, 12, 13],
            TokenScorer.Raters => raters,
            _ => [13],
        };
        return [.. survivors.OrderByDescending(token => attention.Average(head => asking.Average(row => head[row][First + token])))
            .Take(plan.Counts[layer]).Order()];
    }

    private static int[] Raters(double[][] rows)
    {
        var text = rows[11..];
        var likeness = rows[First..(First + Vision)].Select(token => NaiveDecoder.Softmax([.. text.Select(row => NaiveDecoder.Dot(token, row))])).ToArray();
        double[] relation = [.. Enumerable.Range(0, text.Length).Select(row => likeness.Average(token => token[row]))];
        return [.. Enumerable.Range(0, text.Length).Where(row => relation[row] > relation.Average()).Select(row => 11 + row)];
    }

    private static double[] Mean(double[][] tokens, params int[] indices) =>
        [.. Enumerable.Range(0, tokens[0].Length).Select(column => indices.Average(index => tokens[index][column]))];

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= Tolerance, $"Largest difference of a logit: {worst}.");
    }
}
