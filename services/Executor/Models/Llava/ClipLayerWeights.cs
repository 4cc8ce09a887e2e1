using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Llava;

/// <summary>Weights of one pre-norm CLIP encoder layer, C wide.</summary>
internal sealed record ClipLayerWeights
{
    /// <summary>LayerNorm before attention.</summary>
    public required LayerNorm AttentionNorm { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Query { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Key { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Value { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Output { get; init; }

    /// <summary>LayerNorm before the feed-forward block.</summary>
    public required LayerNorm FeedForwardNorm { get; init; }

    /// <summary>[F, C].</summary>
    public required Linear Up { get; init; }

    /// <summary>[C, F].</summary>
    public required Linear Down { get; init; }
}
