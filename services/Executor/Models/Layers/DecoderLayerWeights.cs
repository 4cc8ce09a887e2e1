using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Weights of one pre-norm decoder layer with a gated feed-forward block.</summary>
internal sealed record DecoderLayerWeights
{
    /// <summary>RMSNorm before attention, [C].</summary>
    public required Tensor AttentionNorm { get; init; }

    /// <summary>[H x D, C].</summary>
    public required Linear Query { get; init; }

    /// <summary>[K x D, C].</summary>
    public required Linear Key { get; init; }

    /// <summary>[K x D, C].</summary>
    public required Linear Value { get; init; }

    /// <summary>[C, H x D].</summary>
    public required Linear Output { get; init; }

    /// <summary>RMSNorm before the feed-forward block, [C].</summary>
    public required Tensor FeedForwardNorm { get; init; }

    /// <summary>[F, C].</summary>
    public required Linear Gate { get; init; }

    /// <summary>[F, C].</summary>
    public required Linear Up { get; init; }

    /// <summary>[C, F].</summary>
    public required Linear Down { get; init; }
}
