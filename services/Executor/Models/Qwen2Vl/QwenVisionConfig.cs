using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Shape and constants of a Qwen2-VL or Qwen2.5-VL vision tower; made only by a reader that has checked them.</summary>
internal sealed record QwenVisionConfig
{
    /// <summary>Hidden size of the tower.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Encoder layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads; divides <see cref="HiddenSize"/>.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward part.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Side of a patch, in pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Frames that a patch spans.</summary>
    public required int FramesPerPatch { get; init; }

    /// <summary>Patches along one side of the square that becomes one vision token.</summary>
    public required int MergeSize { get; init; }

    /// <summary>Activation of the feed-forward part.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Whether the feed-forward part is gated and the norms are RMS norms (Qwen2.5-VL).</summary>
    public bool IsGated { get; init; }

    /// <summary>Side of an attention window, in merge squares; 0 where every layer sees the whole frame.</summary>
    public int WindowSquares { get; init; }

    /// <summary>Layers that see the whole frame although others see windows.</summary>
    public ImmutableHashSet<int> FullLayers { get; init; } = [];

    /// <summary>Size of one head, a multiple of 4: half of its pairs turn by the row, half by the column.</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>Patches of one vision token.</summary>
    public int PatchesPerToken => MergeSize * MergeSize;

    /// <summary>Values of one patch.</summary>
    public int PatchValues => 3 * FramesPerPatch * PatchSize * PatchSize;
}
