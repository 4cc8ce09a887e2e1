namespace Fovea.Executor.Models.Backbones;

/// <summary>Beginnings of the canonical names of a language model's tensors.</summary>
internal static class BackboneNames
{
    /// <summary>Of every tensor.</summary>
    public const string Prefix = "language_model.";

    /// <summary>Of all but the output matrix.</summary>
    public const string Model = Prefix + "model.";

    /// <summary>The output matrix of most backbones.</summary>
    public const string Head = Prefix + "lm_head.weight";

    /// <summary>Of one layer.</summary>
    public static string Layer(int layer) => $"{Model}layers.{layer}.";

    /// <summary>
    /// Maps a name of a model in the -hf layout to the canonical one; null for rotary frequencies, which are computed, not read.
    /// </summary>
    /// <remarks>
    /// Known are the hub's first names (<c>language_model.model.*</c>), and those of a model saved whole
    /// (<c>model.language_model.*</c>, <c>model.vision_tower.*</c>, <c>lm_head.weight</c>).
    /// </remarks>
    public static string? Canonical(string name) => name switch
    {
        _ when name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) => null,
        "lm_head.weight" => Head,
        _ when name.StartsWith("model.language_model.", StringComparison.Ordinal) => Model + name["model.language_model.".Length..],
        _ when name.StartsWith("model.", StringComparison.Ordinal) => name["model.".Length..],
        _ => name,
    };
}
