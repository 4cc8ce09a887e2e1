using Fovea.Executor.Models.Backbones;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>A Qwen2-VL or Qwen2.5-VL checkpoint's configuration.</summary>
internal sealed record Qwen2VlConfig
{
    /// <summary>The language model.</summary>
    public required DecoderConfig Text { get; init; }

    /// <summary>The vision tower.</summary>
    public required QwenVisionConfig Vision { get; init; }

    /// <summary>Id of the image placeholder.</summary>
    public required int ImageTokenId { get; init; }
}
