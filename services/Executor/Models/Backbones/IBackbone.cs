using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Backbones;

/// <summary>One kind of language model inside multimodal checkpoints: its configuration, and how its tensors are named and packed.</summary>
internal interface IBackbone
{
    /// <summary>The <c>model_type</c> of its part of config.json.</summary>
    string ModelType { get; }

    /// <summary>Reads its configuration; faults are noted by the readers.</summary>
    /// <param name="root">The whole configuration.</param>
    /// <param name="text">Its part, which may be the whole.</param>
    DecoderConfig Read(JsonObjectReader root, JsonObjectReader text);

    /// <summary>Lists its tensors under canonical names, all of which begin with <see cref="BackboneNames.Prefix"/>.</summary>
    IEnumerable<WeightSpec> Table(DecoderConfig config);

    /// <summary>Loads its tensors, unpacked; they stay the store's.</summary>
    DecoderWeights Load(WeightStore store, DecoderConfig config);
}
