using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Rotary angles of patches in two dimensions: the first half of a head's pairs turns by the row, the second by the column.</summary>
internal static class PatchAngles
{
    private const double Theta = 10000;

    /// <summary>Computes the angles of an image's patches.</summary>
    /// <param name="grid">In squares.</param>
    /// <param name="order">Order of the squares; the patches of one come row by row.</param>
    /// <param name="config">Head size and squares.</param>
    /// <param name="like">Gives data type and device.</param>
    /// <returns>Owned angles [P, 1, D/2].</returns>
    public static RotaryAngles Of(PatchGrid grid, PatchOrder order, QwenVisionConfig config, Tensor like)
    {
        var (merge, quarter) = (config.MergeSize, config.HeadSize / 4);
        var frequencies = Enumerable.Range(0, quarter).Select(pair => (float)(1 / Math.Pow(Theta, (double)pair / quarter))).ToArray();
        var angles = new float[order.Squares.Length * config.PatchesPerToken * quarter * 2];
        var at = 0;
        foreach (var square in order.Squares)
        {
            var (top, left) = (square / grid.Columns % grid.Rows * merge, square % grid.Columns * merge);
            for (var patch = 0; patch < config.PatchesPerToken; patch++)
            {
                foreach (var position in (ReadOnlySpan<int>)[top + (patch / merge), left + (patch % merge)])
                {
                    foreach (var frequency in frequencies)
                    {
                        angles[at++] = position * frequency;
                    }
                }
            }
        }

        using var scope = torch.NewDisposeScope();
        var all = torch.tensor<float>(angles, [angles.Length / (quarter * 2), 1, quarter * 2]); // [P, 1, D/2]
        return new RotaryAngles(
            all.cos().to(like.dtype).to(like.device).MoveToOuterDisposeScope(),
            all.sin().to(like.dtype).to(like.device).MoveToOuterDisposeScope());
    }
}
