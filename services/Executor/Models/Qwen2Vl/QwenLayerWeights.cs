using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Weights of one layer of a Qwen vision tower, C wide.</summary>
internal sealed record QwenLayerWeights
{
    /// <summary>Norm before attention.</summary>
    public required TowerNorm AttentionNorm { get; init; }

    /// <summary>Queries, keys and values, [3 x C, C].</summary>
    public required Linear Packed { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Output { get; init; }

    /// <summary>Norm before the feed-forward block.</summary>
    public required TowerNorm FeedForwardNorm { get; init; }

    /// <summary>[F, C]; null where the block is not gated.</summary>
    public required Linear? Gate { get; init; }

    /// <summary>[F, C].</summary>
    public required Linear Up { get; init; }

    /// <summary>[C, F].</summary>
    public required Linear Down { get; init; }
}
