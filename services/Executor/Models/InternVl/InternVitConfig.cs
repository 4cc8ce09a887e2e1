using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Shape and constants of an InternViT; made only by a reader that has checked them.</summary>
internal sealed record InternVitConfig
{
    /// <summary>Hidden size of the tower.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Encoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads; divides <see cref="HiddenSize"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward part.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Side of a tile, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Side of a patch, in pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Epsilon of the norms.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Activation of the feed-forward part.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Whether the q, k and v projections have biases.</summary>
    public required bool QueryKeyValueBias { get; init; }

    /// <summary>Whether queries and keys are normalised over all heads together.</summary>
    public required bool NormalizesQueriesAndKeys { get; init; }

    /// <summary>Whether the norms of the layers are RMS norms, which have no bias.</summary>
    public required bool HasRmsNorms { get; init; }

    /// <summary>Patches along one side.</summary>
    public int GridSize => ImageSize / PatchSize;

    /// <summary>Size of one head.</summary>
    public int HeadSize => HiddenSize / Heads;
}
