using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Backbones;

/// <summary>Knows every backbone by its model type.</summary>
internal static class BackboneCatalog
{
    private static readonly IBackbone[] All =
    [
        new StandardBackbone("llama", new DecoderDefaults(4096, 11008, 32000, 2048)),
        new StandardBackbone("mistral", new DecoderDefaults(4096, 14336, 32000, 131072) { KeyValueHeads = 8 }),
        new StandardBackbone("qwen2", new DecoderDefaults(4096, 22016, 151936, 32768) { QueryKeyValueBias = true }),
        new InternLm2Backbone(),
        new Phi3Backbone(),
    ];

    /// <summary>Reads the language part of a configuration.</summary>
    /// <param name="root">The whole configuration.</param>
    /// <param name="field">Name of the language part, such as <c>text_config</c>.</param>
    /// <param name="types">Backbones that the family takes; the first is meant where no model_type is written.</param>
    public static DecoderConfig Read(JsonObjectReader root, string field, params ReadOnlySpan<string> types)
    {
        var text = root.Object(field);
        if (text is null && !root.Has(field))
        {
            root.Fault(field, "is missing");
        }

        var type = text?.String("model_type", types[0]) ?? types[0];
        if (!types.Contains(type))
        {
            text!.Fault("model_type", $"is \"{type}\", none of the supported backbones {string.Join(", ", types.ToArray())}");
            type = types[0];
        }

        return Of(type).Read(root, text ?? root);
    }

    /// <summary>Lists the tensors of a backbone.</summary>
    public static IEnumerable<WeightSpec> Table(DecoderConfig config) => Of(config.ModelType).Table(config);

    /// <summary>Loads the tensors of a backbone; they stay the store's.</summary>
    public static DecoderWeights Load(WeightStore store, DecoderConfig config) => Of(config.ModelType).Load(store, config);

    private static IBackbone Of(string type) => Array.Find(All, backbone => backbone.ModelType == type)
        ?? throw new ArgumentException($"The backbone {type} is unknown.", nameof(type));
}
