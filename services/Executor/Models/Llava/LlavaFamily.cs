using System.Collections.Immutable;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Models.Llava;

/// <summary>LLaVA-1.5: a CLIP tower, a two-layer projector and a Llama decoder.</summary>
internal sealed class LlavaFamily : IModelFamily
{
    /// <inheritdoc/>
    public ImmutableArray<string> ModelTypes => [LlavaConfigReader.ModelType];

    /// <inheritdoc/>
    public LoadedModel Load(ModelSource source)
    {
        var config = LlavaConfigReader.Read(source.Folder);
        return CheckpointAssembly.Load(
            source,
            LlavaWeightTable.Of(config),
            LlavaWeightTable.Canonical,
            config.Text.MaxPositions,
            (profile, store) => Build(source, config, profile, store));
    }

    /// <inheritdoc/>
    public IImageInputs OpenImages(string folder) => LlavaImages.Read(folder);

    private static LoadedModel Build(ModelSource source, LlavaConfig config, ModelProfile profile, WeightStore store)
    {
        var weights = new LlavaWeights(store, config);
        var vision = new LlavaVisionEncoder(new ClipVisionTower(weights.Tower(), config.Vision), weights.Projector(), config);
        var language = new DecoderModel(BackboneCatalog.Load(store, config.Text), config.Text.Options(profile.Shape.Language, source));
        return new LoadedModel(profile, language, vision, config.ImageTokenId, store);
    }
}
