using Fovea.Executor.Models.Layers;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;
using Fovea.Torch;

namespace Fovea.Executor.Models.LlavaNext;

/// <summary>LLaVA-NeXT's way from tiles to places: each tile through LLaVA's encoder, the grid put together, margins cut, lines ended.</summary>
internal sealed class LlavaNextVisionEncoder : IVisionEncoder
{
    private readonly LlavaVisionEncoder _encoder;
    private readonly Tensor _lineEnd; // [C]
    private readonly LlavaNextConfig _config;

    /// <summary>Joins the parts.</summary>
    /// <param name="encoder">Encodes one tile.</param>
    /// <param name="lineEnd">Borrowed [C]: stands after every row of the grid.</param>
    /// <param name="config">Sizes.</param>
    public LlavaNextVisionEncoder(LlavaVisionEncoder encoder, Tensor lineEnd, LlavaNextConfig config)
    {
        _encoder = encoder;
        _lineEnd = lineEnd;
        _config = config;
    }

    /// <inheritdoc/>
    public ImageTokens TokensOf(PixelValues image) => Layout(image.Shape.AsSpan(), image.OriginalSize).Tokens(_config.Base.VisionTokens);

    /// <inheritdoc/>
    public Tensor Encode(VisionInput image, CancellationToken cancellationToken)
    {
        var layout = Layout(image.Pixels.shape, image.OriginalSize);
        using var scope = torch.NewDisposeScope();
        var features = Enumerable.Range(0, layout.Tiles + 1)
            .Select(tile => _encoder.EncodePicture(image.Pixels.select(0, tile), cancellationToken)).ToArray(); // each [V, C]
        return torch.cat([features[0], Join(features.AsSpan(1), layout)], 0).MoveToOuterDisposeScope(); // [places, C]
    }

    private Tensor Join(ReadOnlySpan<Tensor> tiles, TileLayout layout)
    {
        using var scope = torch.NewDisposeScope();
        var (side, width) = (_config.Base.Vision.GridSize, tiles[0].shape[1]);
        var grid = torch.cat(tiles, 0).view([layout.TileRows, layout.TileColumns, side, side, width]) // [R, K, s, s, C]
            .permute(0, 2, 1, 3, 4).reshape([(long)layout.TileRows * side, (long)layout.TileColumns * side, width]); // [rows, columns, C]
        var covered = grid.narrow(0, layout.Top, layout.Rows).narrow(1, layout.Left, layout.Columns); // [r, c, C]
        var ends = _lineEnd.view([1, 1, width]).expand([layout.Rows, 1, width]); // [r, 1, C]
        return torch.cat([covered, ends], 1).reshape([(long)layout.Rows * (layout.Columns + 1), width]).MoveToOuterDisposeScope(); // [r x (c + 1), C]
    }

    private TileLayout Layout(ReadOnlySpan<long> shape, ImageSize? original)
    {
        var (tile, side) = (_config.Base.Vision.ImageSize, _config.Base.Vision.GridSize);
        if (original is not { } size)
        {
            throw new ArgumentException("An image comes without its original size (image_sizes).", nameof(original));
        }

        var layout = TileLayout.Of(size, AnyResolution.Best(size, _config.Canvases), tile, side);

        // A processor pads the images of one batch to the same number of tiles.
        return PictureShape.Tiles(shape, tile) > layout.Tiles
            ? layout
            : throw new ArgumentException(
                $"An image of {size.Width} x {size.Height} pixels needs {layout.Tiles + 1} tiles, the whole picture included, and has {PictureShape.Tiles(shape, tile)}.",
                nameof(shape));
    }
}
