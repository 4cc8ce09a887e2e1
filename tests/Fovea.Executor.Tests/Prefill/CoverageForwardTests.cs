using System.Collections.Immutable;
using Fovea.Executor.Cache;
using Fovea.Executor.Decode;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>The scorer coverage against plain loops in which a token that stands for several weighs as many.</summary>
[Collection(nameof(TensorCollection))]
public sealed class CoverageForwardTests
{
    private const int First = 2;
    private const int Side = 3;
    private const int Vision = Side * Side;
    private const int Length = 14;
    private const double Tolerance = 1e-4;

    // The 3 x 3 grid's tokens along the Z-order curve.
    private static readonly int[] Curve = [0, 1, 3, 4, 2, 5, 6, 7, 8];

    [Fact]
    public void Run_TwoDrops_KeptTokensAndLogitsAreThoseOfTheWeighedComputation()
    {
        using var mode = torch.inference_mode();
        using var tiny = new TinyDecoder();
        var plan = Plan([9, 6, 6, 3]);
        using var cache = Allocate(tiny, plan);

        using var result = Prefill(tiny, plan, cache);

        var (logits, kept) = Weighed(tiny, plan, tiny.Rows());
        Assert.Equal(kept[1], result.Kept[1].AsEnumerable());
        Assert.Equal(kept[3], result.Kept[3].AsEnumerable());
        AssertClose(logits, result.Logits.ToSingleArray());
    }

    [Fact]
    public void Step_AfterDrops_SeesTheSameWeights()
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var tiny = new TinyDecoder();
        var plan = Plan([9, 4, 4, 4]);
        using var cache = Allocate(tiny, plan);
        using var result = Prefill(tiny, plan, cache);

        var logits = new DecodeRunner(tiny.Model).Step(3, Length, PositionMode.Keep, cache, CancellationToken.None);

        var added = tiny.Model.Embed(torch.tensor<long>([3], [1])).ToSingleArray().Select(x => (double)x).ToArray();
        var (expected, _) = Weighed(tiny, plan, [.. tiny.Rows(), added]);
        AssertClose(expected, logits.ToSingleArray());
    }

    [Fact]
    public void Run_NothingDropped_IsTheRunOfTheInstruction()
    {
        using var mode = torch.inference_mode();
        using var tiny = new TinyDecoder();
        var (plan, other) = (Plan([9, 9, 9, 9]), Plan([9, 9, 9, 9]) with { Scorer = TokenScorer.Instruction });
        using var cache = Allocate(tiny, plan);
        using var otherCache = Allocate(tiny, other);

        using var result = Prefill(tiny, plan, cache);

        using var expected = Prefill(tiny, other, otherCache);
        Assert.Equal(expected.Logits.ToSingleArray(), result.Logits.ToSingleArray());
    }

    private static KeepPlan Plan(ImmutableArray<int> counts) =>
        KeepPlan.Full("m", "r", 4, Vision) with { Schedule = "test", Counts = counts, Floor = 0, Scorer = TokenScorer.Coverage };

    private static KvCache Allocate(TinyDecoder tiny, KeepPlan plan) =>
        KvCache.Allocate(tiny.Options.Shape, plan, Length - Vision + 1, ScalarType.Float32, torch.CPU);

    private static PrefillResult Prefill(TinyDecoder tiny, KeepPlan plan, KvCache cache) =>
        new PrefillRunner(tiny.Model).Run(
            new PrefillInput(tiny.Embeddings, [new VisionSpan(First, Vision)], plan) { VisionGrids = [new PatchGrid(1, Side, Side)], ReportKept = true },
            cache,
            CancellationToken.None);

    private static (double[] Logits, Dictionary<int, int[]> Kept) Weighed(TinyDecoder tiny, KeepPlan plan, double[][] rows)
    {
        var positions = Enumerable.Range(0, rows.Length).ToArray();
        var alive = Enumerable.Repeat(true, rows.Length).ToArray();
        var copies = Enumerable.Repeat(1.0, rows.Length).ToArray();
        var kept = new Dictionary<int, int[]>();
        double[][][]? before = null;
        for (var layer = 0; layer < plan.Layers; layer++)
        {
            if (plan.DropsBefore(layer))
            {
                kept[layer] = Choose(plan.Counts[layer], before!, alive, copies);
            }

            before = tiny.Naive.Attention(layer, rows, positions, alive, copies);
            rows = tiny.Naive.Run(layer, rows, positions, alive, copies);
        }

        return (tiny.Naive.Head(rows[^1]), kept);
    }

    private static int[] Choose(int count, double[][][] attention, bool[] alive, double[] copies)
    {
        var survivors = Enumerable.Range(0, Vision).Where(token => alive[First + token]).ToArray();
        var ranked = survivors
            .OrderByDescending(token => attention.Average(head => new[] { 11, 12, 13 }.Average(row => head[row][First + token])) / copies[First + token])
            .ToArray();
        var (top, rest) = (ranked[..(count - (count / 2))], ranked[(count - (count / 2))..]);
        var along = rest.OrderBy(token => Array.IndexOf(Curve, token)).ToArray();
        var spread = Enumerable.Range(0, count / 2).Select(index => along[((2 * index) + 1) * along.Length / (count / 2 * 2)]).ToArray();
        var shared = rest.Sum(token => copies[First + token]) / spread.Length;
        foreach (var token in survivors)
        {
            alive[First + token] = top.Contains(token) || spread.Contains(token);
            copies[First + token] = spread.Contains(token) ? shared : copies[First + token];
        }

        return [.. survivors.Where(token => alive[First + token])];
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= Tolerance, $"Largest difference of a logit: {worst}.");
    }
}
