using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.InternVl;

/// <summary>An InternVL checkpoint's configuration, of either layout.</summary>
internal sealed record InternVlConfig
{
    /// <summary>Names of the tower's and the projector's tensors.</summary>
    public required InternVlNames Names { get; init; }

    /// <summary>The language model.</summary>
    public required DecoderConfig Text { get; init; }

    /// <summary>The vision tower.</summary>
    public required InternVitConfig Vision { get; init; }

    /// <summary>Encoder layers that are run: the features are the hidden state after this many.</summary>
    public required int VisionLayersUsed { get; init; }

    /// <summary>Patches along one side of the square that becomes one vision token.</summary>
    public required int Shuffle { get; init; }

    /// <summary>Whether vision tokens lie column by column (pixel shuffle v1) instead of row by row.</summary>
    public required bool IsTransposed { get; init; }

    /// <summary>Activation between the projector's two matrices.</summary>
    public required Activation ProjectorActivation { get; init; }

    /// <summary>Id of the image placeholder.</summary>
    public required int ImageTokenId { get; init; }

    /// <summary>Vision tokens of one tile.</summary>
    public int TokensPerTile => Vision.GridSize / Shuffle * (Vision.GridSize / Shuffle);

    /// <summary>Width of one vision token before the projector.</summary>
    public int MergedSize => Vision.HiddenSize * Shuffle * Shuffle;
}
