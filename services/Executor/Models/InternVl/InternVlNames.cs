namespace Fovea.Executor.Models.InternVl;

/// <summary>How one layout names the tensors of tower and projector.</summary>
internal sealed record InternVlNames
{
    /// <summary>The original layout (<c>internvl_chat</c>): queries, keys and values in one matrix.</summary>
    public static InternVlNames Chat { get; } = new()
    {
        ClassEmbedding = "vision_model.embeddings.class_embedding",
        PatchEmbedding = "vision_model.embeddings.patch_embedding",
        PositionEmbedding = "vision_model.embeddings.position_embedding",
        Layers = "vision_model.encoder.layers.",
        FirstNorm = "norm1",
        SecondNorm = "norm2",
        FirstScale = "ls1",
        SecondScale = "ls2",
        Packed = "attn.qkv",
        Attention = "attn.",
        Output = "attn.proj",
        ProjectorNorm = "mlp1.0",
        ProjectorFirst = "mlp1.1",
        ProjectorSecond = "mlp1.3",
    };

    /// <summary>The layout of transformers (<c>internvl</c>).</summary>
    public static InternVlNames Hf { get; } = new()
    {
        ClassEmbedding = "vision_tower.embeddings.cls_token",
        PatchEmbedding = "vision_tower.embeddings.patch_embeddings.projection",
        PositionEmbedding = "vision_tower.embeddings.position_embeddings",
        Layers = "vision_tower.encoder.layer.",
        FirstNorm = "layernorm_before",
        SecondNorm = "layernorm_after",
        FirstScale = "lambda_1",
        SecondScale = "lambda_2",
        Packed = null,
        Attention = "attention.",
        Output = "attention.projection_layer",
        ProjectorNorm = "multi_modal_projector.layer_norm",
        ProjectorFirst = "multi_modal_projector.linear_1",
        ProjectorSecond = "multi_modal_projector.linear_2",
    };

    /// <summary>[1, 1, C].</summary>
    public required string ClassEmbedding { get; init; }

    /// <summary>Convolution with bias.</summary>
    public required string PatchEmbedding { get; init; }

    /// <summary>[1, patches + 1, C].</summary>
    public required string PositionEmbedding { get; init; }

    /// <summary>Beginning of every layer's names.</summary>
    public required string Layers { get; init; }

    /// <summary>Norm before attention.</summary>
    public required string FirstNorm { get; init; }

    /// <summary>Norm before the feed-forward part.</summary>
    public required string SecondNorm { get; init; }

    /// <summary>Scale of what attention adds, [C].</summary>
    public required string FirstScale { get; init; }

    /// <summary>Scale of what the feed-forward part adds, [C].</summary>
    public required string SecondScale { get; init; }

    /// <summary>The matrix of queries, keys and values; null where each has its own.</summary>
    public required string? Packed { get; init; }

    /// <summary>Beginning of the names of q_proj, k_proj, v_proj, q_norm and k_norm.</summary>
    public required string Attention { get; init; }

    /// <summary>Output projection of attention.</summary>
    public required string Output { get; init; }

    /// <summary>Norm before the projector.</summary>
    public required string ProjectorNorm { get; init; }

    /// <summary>First matrix of the projector.</summary>
    public required string ProjectorFirst { get; init; }

    /// <summary>Second matrix of the projector.</summary>
    public required string ProjectorSecond { get; init; }

    /// <summary>Beginning of the names of one layer.</summary>
    public string Layer(int layer) => $"{Layers}{layer}.";
}
