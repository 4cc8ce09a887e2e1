using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.InternVl;

/// <summary>InternVL's way from tiles to vision tokens: InternViT, pixel shuffle, projector; tile after tile.</summary>
internal sealed class InternVlVisionEncoder : IVisionEncoder
{
    private readonly InternVitTower _tower;
    private readonly InternVlProjector _projector;
    private readonly InternVlConfig _config;

    /// <summary>Joins the parts.</summary>
    public InternVlVisionEncoder(InternVitTower tower, InternVlProjector projector, InternVlConfig config)
    {
        _tower = tower;
        _projector = projector;
        _config = config;
    }

    /// <inheritdoc/>
    public ImageTokens TokensOf(PixelValues image) =>
        InternVlImages.TokensOf(PictureShape.Tiles(image.Shape.AsSpan(), _config.Vision.ImageSize), _config);

    /// <inheritdoc/>
    public Tensor Encode(VisionInput image, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var tiles = PictureShape.Tiles(image.Pixels.shape, _config.Vision.ImageSize);
        var stack = image.Pixels.ndim == 4 ? image.Pixels : image.Pixels.unsqueeze(0); // [tiles, 3, side, side]
        var features = Enumerable.Range(0, tiles).Select(tile => EncodeTile(stack.select(0, tile), cancellationToken)).ToArray();
        return torch.cat(features, 0).MoveToOuterDisposeScope(); // [V, C]
    }

    private Tensor EncodeTile(Tensor pixels, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var states = _tower.Run(pixels, cancellationToken); // [P + 1, C of the tower]
        var patches = states.narrow(0, 1, states.shape[0] - 1); // [P, C of the tower]
        var merged = PixelShuffle.Merge(patches, _config.Shuffle, _config.IsTransposed); // [V, M]
        return _projector.Forward(merged).MoveToOuterDisposeScope(); // [V, C]
    }
}
