using Fovea.Executor.Models.Backbones;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Canonical names of a Qwen vision tower's tensors.</summary>
internal static class Qwen2VlNames
{
    /// <summary>[C, 3, frames, side, side].</summary>
    public const string PatchEmbedding = Tower + "patch_embed.proj.weight";

    /// <summary>Norm before the merger.</summary>
    public const string MergerNorm = Tower + "merger.ln_q";

    /// <summary>First matrix of the merger.</summary>
    public const string MergerFirst = Tower + "merger.mlp.0";

    /// <summary>Second matrix of the merger.</summary>
    public const string MergerSecond = Tower + "merger.mlp.2";

    private const string Tower = "visual.";

    /// <summary>Beginning of the names of one layer.</summary>
    public static string Layer(int layer) => $"{Tower}blocks.{layer}.";

    /// <summary>Maps a name of any known checkpoint generation to the canonical one; null for rotary frequencies.</summary>
    /// <remarks>
    /// Known are the hub's original names (<c>visual.*</c>, <c>model.layers.*</c>) and those of a model saved whole
    /// (<c>model.visual.*</c>, <c>model.language_model.*</c>).
    /// </remarks>
    public static string? Canonical(string name)
    {
        if (name.StartsWith("model." + Tower, StringComparison.Ordinal) || name.StartsWith("model.language_model.", StringComparison.Ordinal))
        {
            return BackboneNames.Canonical(name);
        }

        const string model = "model.";
        return name.StartsWith(model, StringComparison.Ordinal) && !name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal)
            ? BackboneNames.Model + name[model.Length..]
            : BackboneNames.Canonical(name);
    }
}
