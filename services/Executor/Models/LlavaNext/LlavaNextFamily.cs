using System.Collections.Immutable;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Models.LlavaNext;

/// <summary>LLaVA-NeXT (1.6): LLaVA-1.5's parts on tiles of any resolution, with a learned token at the end of every row.</summary>
internal sealed class LlavaNextFamily : IModelFamily
{
    private const string LineEnd = "image_newline";

    /// <inheritdoc/>
    public ImmutableArray<string> ModelTypes => [LlavaNextConfigReader.ModelType];

    /// <inheritdoc/>
    public LoadedModel Load(ModelSource source)
    {
        var config = LlavaNextConfigReader.Read(source.Folder);
        return CheckpointAssembly.Load(
            source,
            [.. LlavaWeightTable.Of(config.Base), new WeightSpec(LineEnd, [config.Base.Text.HiddenSize])],
            LlavaWeightTable.Canonical,
            config.Base.Text.MaxPositions,
            (profile, store) => Build(source, config, profile, store));
    }

    /// <inheritdoc/>
    public IImageInputs OpenImages(string folder) => LlavaNextImages.Read(folder);

    private static LoadedModel Build(ModelSource source, LlavaNextConfig config, ModelProfile profile, WeightStore store)
    {
        var (parts, text) = (config.Base, config.Base.Text);
        var weights = new LlavaWeights(store, parts);
        var tile = new LlavaVisionEncoder(new ClipVisionTower(weights.Tower(), parts.Vision), weights.Projector(), parts);
        var vision = new LlavaNextVisionEncoder(tile, store.Load(LineEnd), config);
        var language = new DecoderModel(BackboneCatalog.Load(store, text), text.Options(profile.Shape.Language, source));
        return new LoadedModel(profile, language, vision, parts.ImageTokenId, store);
    }
}
