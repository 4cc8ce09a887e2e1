using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Writes each rival's published rule for a model's depth, its parameter left to the budget.</summary>
internal static class RivalRules
{
    /// <summary>Layer before which FastV drops.</summary>
    private const int FastVLayer = 2;

    /// <summary>Depth of the model whose layers SparseVLM's are given for.</summary>
    private const int PublishedDepth = 32;

    private static readonly int[] SparseVlmLayers = [2, 6, 15];

    /// <summary>Returns every rule at a mean keep rate.</summary>
    public static IEnumerable<RivalRule> At(double budget, int layers, CompareRequest request)
    {
        var mean = budget.ToString("R", CultureInfo.InvariantCulture);
        var pdrop = $"pdrop:layers={string.Join('/', PDropLayers(layers))},mean={mean}";
        yield return new(CompareMethod.Flat, $"uniform:mean={mean},first={request.FirstLayer}", request.Scorer, PositionMode.Keep);
        yield return new(CompareMethod.Random, $"uniform:mean={mean},first={request.FirstLayer}", Scorer.Random, PositionMode.Keep);
        yield return new(CompareMethod.FastV, $"fastv:K={FastVLayer},mean={mean}", Scorer.Last, PositionMode.Keep);
        yield return new(CompareMethod.PDrop, pdrop, Scorer.NextLast, PositionMode.Renumber);
        yield return new(CompareMethod.Vtw, $"vtw:mean={mean}", Scorer.Last, PositionMode.Keep);
        yield return new(CompareMethod.SparseVlm, $"sparsevlm:layers={string.Join('/', SparseLayers(layers))},mean={mean}", Scorer.Raters, PositionMode.Keep);
        if (request.WithSameScorer)
        {
            yield return new(CompareMethod.FastVSame, $"fastv:K={FastVLayer},mean={mean}", request.Scorer, PositionMode.Keep);
            yield return new(CompareMethod.PDropSame, pdrop, request.Scorer, PositionMode.Renumber);
        }
    }

    /// <summary>Returns a quarter, half and three quarters of the depth: PyramidDrop's stages.</summary>
    public static int[] PDropLayers(int layers) => Ascending([layers / 4, layers / 2, 3 * layers / 4], layers);

    /// <summary>Returns SparseVLM's layers at the same relative depth.</summary>
    public static int[] SparseLayers(int layers) =>
        Ascending([.. SparseVlmLayers.Select(layer => (int)Math.Round((double)layer * layers / PublishedDepth))], layers);

    // Layers of a very shallow model may fall together; each stage needs one of its own, from 1 on.
    private static int[] Ascending(int[] wanted, int layers)
    {
        var stages = new List<int>();
        foreach (var layer in wanted)
        {
            var next = Math.Max(layer, stages.Count == 0 ? 1 : stages[^1] + 1);
            if (next < layers)
            {
                stages.Add(next);
            }
        }

        return [.. stages];
    }
}
