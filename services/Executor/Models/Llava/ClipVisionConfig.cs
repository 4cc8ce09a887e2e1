using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Shape and constants of a CLIP vision tower; made only by a reader that has checked them.</summary>
internal sealed record ClipVisionConfig
{
    /// <summary>Hidden size of the tower.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Encoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads; divides <see cref="HiddenSize"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward part.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Side of the square input, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Side of a patch, in pixels; a rest of <see cref="ImageSize"/> that fills no patch is not seen.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Epsilon of the layer norms.</summary>
    public required double LayerNormEpsilon { get; init; }

    /// <summary>Activation of the feed-forward part.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Patches along one side.</summary>
    public int GridSize => ImageSize / PatchSize;

    /// <summary>Size of one head.</summary>
    public int HeadSize => HiddenSize / Heads;
}
