using System.Collections.Immutable;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Qwen2-VL and Qwen2.5-VL: a tower of native resolution, a merger, and a Qwen2 decoder with positions in time and space.</summary>
internal sealed class Qwen2VlFamily : IModelFamily
{
    /// <inheritdoc/>
    public ImmutableArray<string> ModelTypes => [Qwen2VlConfigReader.FirstType, Qwen2VlConfigReader.WindowedType];

    /// <inheritdoc/>
    public LoadedModel Load(ModelSource source)
    {
        var config = Qwen2VlConfigReader.Read(source.Folder);
        return CheckpointAssembly.Load(
            source,
            Qwen2VlWeightTable.Of(config),
            Qwen2VlNames.Canonical,
            config.Text.MaxPositions,
            (profile, store) => Build(source, config, profile, store));
    }

    /// <inheritdoc/>
    public IImageInputs OpenImages(string folder) => Qwen2VlImages.Read(folder);

    private static LoadedModel Build(ModelSource source, Qwen2VlConfig config, ModelProfile profile, WeightStore store)
    {
        var weights = new Qwen2VlWeights(store, config.Vision);
        var vision = new Qwen2VlVisionEncoder(new QwenVisionTower(weights.Tower(), config.Vision), weights.Merger(), config.Vision);
        var language = new DecoderModel(BackboneCatalog.Load(store, config.Text), config.Text.Options(profile.Shape.Language, source));
        return new LoadedModel(profile, language, vision, config.ImageTokenId, store);
    }
}
