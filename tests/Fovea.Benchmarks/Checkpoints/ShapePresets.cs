namespace Fovea.Benchmarks.Checkpoints;

/// <summary>Shapes of published checkpoints of every family, and small ones of about 100 MB.</summary>
internal static class ShapePresets
{
    private const string LargeTower = """
        "force_image_size":448,"vision_config":{"hidden_size":1024,"intermediate_size":4096,"num_hidden_layers":24,"num_attention_heads":16,"image_size":448}
        """;

    private const string SmallTower = """
        "vision_config":{"hidden_size":256,"intermediate_size":1024,"num_hidden_layers":6,"num_attention_heads":8}
        """;

    private const string SmallText = """
        "vocab_size":16384,"hidden_size":512,"intermediate_size":2048,"num_hidden_layers":12,"num_attention_heads":8,"num_key_value_heads":4
        """;

    private const string ClipTower = """
        "vision_config":{"hidden_size":1024,"intermediate_size":4096,"num_hidden_layers":24,"num_attention_heads":16,"image_size":336}
        """;

    private const string Clip336 = """
        {"size":{"shortest_edge":336},"crop_size":{"height":336,"width":336}}
        """;

    private const string Pinpoints336 = """
        "image_grid_pinpoints":[[336,672],[672,336],[672,672],[1008,336],[336,1008]]
        """;

    private static readonly string Factors = Ones(32);

    private static readonly ShapePreset[] All =
    [
        new("internvl2-1b", "internvl-qwen2", $$"""
            {"llm_config":{"vocab_size":151655,"hidden_size":896,"intermediate_size":4864,"num_hidden_layers":24,"num_attention_heads":14},{{LargeTower}} }
            """),
        new("internvl2-2b", "internvl-internlm2", $$"""
            {"llm_config":{"vocab_size":92553,"hidden_size":2048,"intermediate_size":8192,"num_hidden_layers":24,"num_attention_heads":16,
             "num_key_value_heads":8},{{LargeTower}} }
            """),
        new("internvl2-8b", "internvl-internlm2", $$"""
            {"llm_config":{"vocab_size":92553,"hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,
             "num_key_value_heads":8},{{LargeTower}} }
            """),
        new("internvl2-4b", "internvl-phi3", $$"""
            {"llm_config":{"vocab_size":32020,"hidden_size":3072,"intermediate_size":8192,"num_hidden_layers":32,"num_attention_heads":32,
             "num_key_value_heads":32,"rope_scaling":{"short_factor":[{{Ones(48)}}],"long_factor":[{{Ones(48)}}]} },{{LargeTower}} }
            """),
        new("qwen2.5-vl-3b", "qwen2.5-vl", """
            {"vocab_size":151936,"hidden_size":2048,"intermediate_size":11008,"num_hidden_layers":36,"num_attention_heads":16,"num_key_value_heads":2,
             "tie_word_embeddings":true,"rope_scaling":{"mrope_section":[16,24,24]},
             "vision_config":{"depth":32,"hidden_size":1280,"intermediate_size":3420,"num_heads":16,"out_hidden_size":2048,"window_size":112,
             "fullatt_block_indexes":[7,15,23,31]}}
            """),
        new("qwen2-vl-2b", "qwen2-vl", """
            {"vocab_size":151936,"hidden_size":1536,"intermediate_size":8960,"num_hidden_layers":28,"num_attention_heads":12,"tie_word_embeddings":true,
             "rope_scaling":{"mrope_section":[16,24,24]},
             "vision_config":{"depth":32,"embed_dim":1280,"hidden_size":1536,"num_heads":16,"mlp_ratio":4}}
            """),
        new("llava-1b", "llava", $$"""
            {"text_config":{"vocab_size":32064,"hidden_size":2048,"intermediate_size":5632,"num_hidden_layers":20,"num_attention_heads":16,
             "num_key_value_heads":16},{{ClipTower}} }
            """, Clip336),
        new("llava-next-1b", "llava-next", $$"""
            {"text_config":{"vocab_size":32064,"hidden_size":2048,"intermediate_size":5632,"num_hidden_layers":20,"num_attention_heads":16,
             "num_key_value_heads":8,"head_dim":128},{{Pinpoints336}},{{ClipTower}} }
            """, $$"""{ {{Pinpoints336}},"size":{"shortest_edge":336},"crop_size":{"height":336,"width":336} }"""),
        new("internvl-qwen2-small", "internvl-qwen2", $$"""{"llm_config":{ {{SmallText}} },{{SmallTower}} }"""),
        new("internvl-internlm2-small", "internvl-internlm2", $$"""{"llm_config":{ {{SmallText}} },{{SmallTower}} }"""),
        new("internvl-phi3-small", "internvl-phi3", $$"""
            {"llm_config":{ {{SmallText}}, "rope_scaling":{"short_factor":[{{Factors}}],"long_factor":[{{Factors}}]} },{{SmallTower}} }
            """),
        new("qwen2-vl-small", "qwen2-vl", $$"""
            { {{SmallText}}, "rope_scaling":{"mrope_section":[8,12,12]},"vision_config":{"embed_dim":256,"hidden_size":512,"depth":6,"num_heads":8,"mlp_ratio":4} }
            """),
        new("qwen2.5-vl-small", "qwen2.5-vl", $$"""
            { {{SmallText}}, "rope_scaling":{"mrope_section":[8,12,12]},
             "vision_config":{"hidden_size":256,"out_hidden_size":512,"intermediate_size":1024,"depth":6,"num_heads":8} }
            """),
        new("llava-small", "llava", $$"""{"text_config":{ {{SmallText}} },{{SmallTower}} }"""),
        new("llava-next-small", "llava-next", $$"""{"text_config":{ {{SmallText}}, "head_dim":64},{{SmallTower}} }"""),
    ];

    /// <summary>Finds a shape.</summary>
    /// <exception cref="ArgumentException">None has the name; all names are in the message.</exception>
    public static ShapePreset Of(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"'{name}' is none of {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));

    private static string Ones(int count) => string.Join(',', Enumerable.Repeat(1, count));
}
