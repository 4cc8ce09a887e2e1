namespace Fovea.Planning.Shapes;

/// <summary>Reads the sizes of a decoder from its section of a configuration.</summary>
internal static class LanguageReader
{
    /// <summary>Returns the sizes; faults are noted by the section.</summary>
    public static LanguageShape Read(ConfigSection section)
    {
        var defaults = LanguageDefaults.Of(section.Text("model_type", string.Empty));
        var hidden = section.Size("hidden_size", defaults.HiddenSize);
        var heads = section.Size("num_attention_heads", defaults.Heads);
        var kvHeads = section.Size("num_key_value_heads", defaults.KvHeads ?? heads);
        if (!section.Has("head_dim") && hidden % heads != 0)
        {
            section.Fault("hidden_size", $"{hidden} is not a multiple of {heads} heads, and head_dim is not given");
        }

        if (heads % kvHeads != 0)
        {
            section.Fault("num_key_value_heads", $"{heads} heads cannot be shared by {kvHeads} key/value heads");
        }

        return new(
            section.Size("num_hidden_layers", defaults.Layers),
            hidden,
            heads,
            kvHeads,
            section.Size("head_dim", Math.Max(1, hidden / heads)),
            section.Size("intermediate_size", defaults.FfnSize),
            section.Size("vocab_size", defaults.VocabSize));
    }
}
