using System.Collections.Immutable;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Models.InternVl;

/// <summary>InternVL in the original layout and in that of transformers: InternViT, pixel shuffle, projector, one of several decoders.</summary>
internal sealed class InternVlFamily : IModelFamily
{
    /// <inheritdoc/>
    public ImmutableArray<string> ModelTypes => [InternVlConfigReader.HfType, InternVlConfigReader.ChatType];

    /// <inheritdoc/>
    public LoadedModel Load(ModelSource source)
    {
        var config = InternVlConfigReader.Read(source.Folder);
        return CheckpointAssembly.Load(
            source,
            InternVlWeightTable.Of(config),
            config.Names == InternVlNames.Hf ? InternVlWeightTable.CanonicalHf : InternVlWeightTable.CanonicalChat,
            config.Text.MaxPositions,
            (profile, store) => Build(source, config, profile, store));
    }

    /// <inheritdoc/>
    public IImageInputs OpenImages(string folder) => InternVlImages.Read(folder);

    private static LoadedModel Build(ModelSource source, InternVlConfig config, ModelProfile profile, WeightStore store)
    {
        var weights = new InternVlWeights(store, config);
        var vision = new InternVlVisionEncoder(new InternVitTower(weights.Tower(), config.Vision), weights.Projector(), config);
        var language = new DecoderModel(BackboneCatalog.Load(store, config.Text), config.Text.Options(profile.Shape.Language, source));
        return new LoadedModel(profile, language, vision, config.ImageTokenId, store);
    }
}
