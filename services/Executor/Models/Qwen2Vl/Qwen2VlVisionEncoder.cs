using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>The way from patches to vision tokens in Qwen2-VL and Qwen2.5-VL: tower, then merger.</summary>
internal sealed class Qwen2VlVisionEncoder : IVisionEncoder
{
    private readonly QwenVisionTower _tower;
    private readonly QwenMerger _merger;
    private readonly QwenVisionConfig _config;

    /// <summary>Joins the parts.</summary>
    public Qwen2VlVisionEncoder(QwenVisionTower tower, QwenMerger merger, QwenVisionConfig config)
    {
        _tower = tower;
        _merger = merger;
        _config = config;
    }

    /// <inheritdoc/>
    public ImageTokens TokensOf(PixelValues image) => Qwen2VlImages.TokensOf(Squares(image.Shape.AsSpan(), image.Grid));

    /// <inheritdoc/>
    public Tensor Encode(VisionInput image, CancellationToken cancellationToken)
    {
        var grid = Squares(image.Pixels.shape, image.Grid);
        using var scope = torch.NewDisposeScope();
        var order = PatchOrder.Of(grid, _config.WindowSquares);
        var patches = Reorder(image.Pixels, [.. order.Squares.Select(square => (long)square)], _config.PatchesPerToken); // [P, values]
        var states = _tower.Run(patches, grid, order, cancellationToken); // [P, C of the tower]
        return Reorder(_merger.Forward(states), order.Places(), 1).MoveToOuterDisposeScope(); // [V, C]
    }

    /// <summary>The grid in squares.</summary>
    private PatchGrid Squares(ReadOnlySpan<long> shape, PatchGrid? patches)
    {
        if (patches is not { } grid)
        {
            throw new ArgumentException("An image comes without its grid of patches (image_grid_thw).", nameof(patches));
        }

        if (grid.Rows % _config.MergeSize != 0 || grid.Columns % _config.MergeSize != 0)
        {
            throw new ArgumentException(
                $"A grid of {grid.Rows} x {grid.Columns} patches holds no whole squares of {_config.MergeSize} x {_config.MergeSize}.", nameof(patches));
        }

        if (!shape.SequenceEqual([grid.Count, _config.PatchValues]))
        {
            throw new ArgumentException(
                $"An image has shape [{string.Join(", ", shape.ToArray())}], its grid and the vision tower make it [{grid.Count}, {_config.PatchValues}].",
                nameof(shape));
        }

        return new PatchGrid(grid.Frames, grid.Rows / _config.MergeSize, grid.Columns / _config.MergeSize);
    }

    private static Tensor Reorder(Tensor rows, long[] order, int rowsOfOne)
    {
        using var scope = torch.NewDisposeScope();
        var index = torch.tensor<long>(order, [order.Length]).to(rows.device); // [squares]
        var width = rows.shape[1];
        var grouped = rows.view([order.Length, rowsOfOne * width]); // [squares, rows of one x width]
        return grouped.index_select(0, index).view([(long)order.Length * rowsOfOne, width]).MoveToOuterDisposeScope();
    }
}
