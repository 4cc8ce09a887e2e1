using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>A LLaVA checkpoint's configuration: vision tower, projector and language model, checked against each other.</summary>
internal sealed record LlavaConfig
{
    /// <summary>The language model.</summary>
    public required DecoderConfig Text { get; init; }

    /// <summary>The vision tower.</summary>
    public required ClipVisionConfig Vision { get; init; }

    /// <summary>Activation between the projector's two matrices.</summary>
    public required Activation ProjectorActivation { get; init; }

    /// <summary>Whether the projector's matrices have biases.</summary>
    public required bool ProjectorBias { get; init; }

    /// <summary>Id of the image placeholder.</summary>
    public required int ImageTokenId { get; init; }

    /// <summary>
    /// Encoder layers of the tower that are run, 0 to <see cref="ClipVisionConfig.Layers"/>: the features are the hidden state after
    /// this many.
    /// </summary>
    /// <remarks>
    /// The configuration counts hidden states, of which there is one more than layers: -2 of 24 layers is the state after layer 23, so
    /// 23.
    /// </remarks>
    public required int VisionLayersUsed { get; init; }

    /// <summary>Which rows of the tower become vision tokens.</summary>
    public required FeatureSelection FeatureSelection { get; init; }

    /// <summary>Vision tokens of one image.</summary>
    public int VisionTokens => (Vision.GridSize * Vision.GridSize) + (FeatureSelection == FeatureSelection.All ? 1 : 0);
}
