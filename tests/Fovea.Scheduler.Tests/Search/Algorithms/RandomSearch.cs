using System.Collections.Immutable;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

/// <summary>Draws searches with their oracles from a seed.</summary>
internal sealed class RandomSearch
{
    private RandomSearch(GSearchOptions options, int[][] essentials, ImmutableArray<double> full) =>
        (Options, Essentials, Full) = (options, essentials, full);

    public GSearchOptions Options { get; }

    public int[][] Essentials { get; }

    public ImmutableArray<double> Full { get; }

    /// <summary>Draws a model, and an essential count of each layer that never grows with depth and is all tokens before the first layer.</summary>
    public static RandomSearch Draw(int seed, int samples)
    {
        var random = new Random(seed);
        var layers = random.Next(2, 14);
        var visionTokens = random.Next(1, 120);
        var options = new GSearchOptions
        {
            Layers = layers,
            VisionTokens = visionTokens,
            FirstLayer = random.Next(1, layers),
            Floor = random.Next(0, Math.Min(4, visionTokens + 1)),
            Judge = new(LossKind.Binary),
            Seed = (ulong)seed,
        };

        var essentials = Enumerable.Range(0, samples).Select(_ => Essential(random, options)).ToArray();
        // Some samples are wrong with all tokens, and stay wrong.
        foreach (var essential in essentials.Where(_ => samples > 1 && random.Next(8) == 0))
        {
            essential[0] = visionTokens + 1;
        }

        ImmutableArray<double> full = [.. essentials.Select(essential => essential[0] > visionTokens ? 1d : 0d)];
        return new(options, essentials, full);
    }

    public OracleEvaluator Evaluator(Random? order = null) => OracleEvaluator.OfEssentials(Options.VisionTokens, Essentials, order);

    private static int[] Essential(Random random, GSearchOptions options)
    {
        var essential = new int[options.Layers];
        var before = options.VisionTokens;
        for (var layer = 0; layer < essential.Length; layer++)
        {
            before = layer < options.FirstLayer || random.Next(3) == 0 ? before : random.Next(Math.Min(options.Floor, before), before + 1);
            essential[layer] = before;
        }

        return essential;
    }
}
