using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Weights of one InternViT layer, C wide.</summary>
internal sealed record InternVitLayerWeights
{
    /// <summary>Norm before attention.</summary>
    public required TowerNorm AttentionNorm { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Query { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Key { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Value { get; init; }

    /// <summary>RMSNorm of the queries, over all heads together; null for none.</summary>
    public required TowerNorm? QueryNorm { get; init; }

    /// <summary>RMSNorm of the keys, over all heads together; null for none.</summary>
    public required TowerNorm? KeyNorm { get; init; }

    /// <summary>[C, C].</summary>
    public required Linear Output { get; init; }

    /// <summary>Scale of what attention adds, [C].</summary>
    public required Tensor AttentionScale { get; init; }

    /// <summary>Norm before the feed-forward block.</summary>
    public required TowerNorm FeedForwardNorm { get; init; }

    /// <summary>[F, C].</summary>
    public required Linear Up { get; init; }

    /// <summary>[C, F].</summary>
    public required Linear Down { get; init; }

    /// <summary>Scale of what the feed-forward block adds, [C].</summary>
    public required Tensor FeedForwardScale { get; init; }
}
