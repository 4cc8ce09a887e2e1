using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Models.Llava;

/// <summary>LLaVA-1.5: a CLIP tower, a two-layer projector and a Llama decoder.</summary>
internal sealed class LlavaFamily : IModelFamily
{
    /// <inheritdoc/>
    public string ModelType => LlavaConfigReader.ModelType;

    /// <inheritdoc/>
    public LoadedModel Load(ModelSource source)
    {
        var config = LlavaConfigReader.Read(source.Folder);
        var files = CheckpointFiles.Open(source.Folder);
        WeightStore? store = null;
        try
        {
            var faults = new FaultList();
            var entries = WeightChecker.Match(files, LlavaWeightTable.Of(config), LlavaWeightTable.Canonical, faults);
            faults.ThrowIfAny(source.Folder);
            store = new WeightStore(files, entries, source.DType, source.Device);
            return Assemble(source, config, store, CheckpointDigest.Compute(files));
        }
        catch
        {
            store?.Dispose();
            files.Dispose();
            throw;
        }
    }

    private static LoadedModel Assemble(ModelSource source, LlavaConfig config, WeightStore store, string revision)
    {
        var weights = new LlavaWeights(store, config);
        var profile = new ModelProfile(source.Name, revision, Shape(source), config.Text.MaxPositions);
        var options = new DecoderOptions(
            profile.Shape.Language,
            config.Text.RmsNormEpsilon,
            config.Text.InverseFrequencies(),
            config.Text.MaxPositions,
            source.DType,
            source.Device);
        var tower = new ClipVisionTower(weights.Tower(), config.Vision);
        var vision = new LlavaVisionEncoder(tower, weights.Projector(), config.FeatureSelection == FeatureSelection.Patches);
        return new LoadedModel(profile, new DecoderModel(weights.LanguageModel(), options), vision, config.ImageTokenId, store);
    }

    private static ModelShape Shape(ModelSource source)
    {
        var text = File.ReadAllText(Path.Combine(source.Folder, "config.json"));
        var shape = ShapeReader.Read(text, source.Name);
        return shape.Value is { } read
            ? read with { KvBytesPerElement = source.DType.SizeInBytes() }
            : throw new CheckpointException(source.Folder, [.. shape.Faults.Select(fault => $"config.json: {fault}")]);
    }
}
