using Fovea.Executor.Dropping;
using Fovea.Executor.Ranking;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Chooses survivors image by image: the tokens of each are ranked among themselves.</summary>
/// <remarks>
/// Survivors stay in prompt order, so an image's are a run of them, as long as the plan's count of the layer before. Example, two images
/// of 4 and 2 tokens, half of each kept: scores .1 .4 .3 .2 | .6 .5 keep 1 2 of the first and 4 of the second; ranked together, 1 4 5
/// would stay.
/// </remarks>
internal static class ImageRanking
{
    // An odd constant spreads images over the generator's seeds; the first image draws as if it were alone.
    private const ulong ImageStride = 0x9E3779B97F4A7C15;

    /// <summary>Picks the survivors.</summary>
    /// <param name="plan">Says how many each image keeps.</param>
    /// <param name="layer">The layer before which tokens are dropped, at least 1.</param>
    /// <param name="rows">Borrowed rows that would enter it.</param>
    /// <param name="scores">Borrowed scores [V]; null for the random scorer.</param>
    public static Survivors Pick(KeepPlan plan, int layer, TokenRows rows, Tensor? scores)
    {
        using var scope = torch.NewDisposeScope();
        var weights = plan.Scorer == TokenScorer.Coverage ? DropRanking.Weights(rows) : null; // [V]
        var parts = new List<Survivors>();
        var first = 0;
        for (var image = 0; image < plan.ImageCounts.Length; image++)
        {
            var (available, count) = (plan.ImageCounts[image][layer - 1], plan.ImageCounts[image][layer]);
            var part = count == available || count == 0
                ? new Survivors(torch.arange(0, count, 1, ScalarType.Int64, rows.Hidden.device), weights?.narrow(0, first, count))
                : plan.Scorer switch
                {
                    TokenScorer.Random => new Survivors(
                        RandomOrder.Pick(unchecked(plan.Seed + ((ulong)image * ImageStride)), layer, available, count, rows.Hidden.device), null),
                    TokenScorer.Coverage => ImageCover.Pick(
                        scores!.narrow(0, first, available), rows.VisionOrder!.narrow(0, first, available), weights!.narrow(0, first, available), count),
                    _ => new Survivors(VisionRanker.Best(scores!.narrow(0, first, available), count), null),
                };
            parts.Add(part with { Kept = part.Kept.add(first) }); // [n of the image]
            first += available;
        }

        return new Survivors(
            torch.cat([.. parts.Select(part => part.Kept)], 0).MoveToOuterDisposeScope(), // [n]
            weights is null ? null : torch.cat([.. parts.Select(part => part.Weights!)], 0).MoveToOuterDisposeScope()); // [n]
    }
}
