using Fovea.Torch;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Merges squares of neighbouring patches into one vision token each.</summary>
/// <remarks>
/// Example, a grid of 4 x 4 patches p(row, column) and squares of 2: token 0 is p00 p01 p10 p11 side by side, token 1 is p02 p03 p12
/// p13, token 2 is p20 p21 p30 p31. In version 1 tokens 1 and 2 stand the other way round.
/// </remarks>
internal static class PixelShuffle
{
    /// <summary>Merges the patches of one tile.</summary>
    /// <param name="patches">Borrowed [g x g, C], row by row.</param>
    /// <param name="square">Patches along one side of a square; divides g.</param>
    /// <param name="isTransposed">Whether tokens come column by column (version 1).</param>
    /// <returns>Owned [g x g / square², C x square²].</returns>
    public static Tensor Merge(Tensor patches, int square, bool isTransposed)
    {
        using var scope = torch.NewDisposeScope();
        var (count, width) = (patches.shape[0], patches.shape[1]);
        var side = (long)Math.Round(Math.Sqrt(count)) / square;
        var grid = patches.reshape([side, square, side, square, width]); // [r, i, c, j, C]
        var order = isTransposed ? grid.permute(2, 0, 1, 3, 4) : grid.permute(0, 2, 1, 3, 4); // [r, c, i, j, C]
        return order.reshape([side * side, square * square * width]).MoveToOuterDisposeScope(); // [V, C x square²]
    }
}
