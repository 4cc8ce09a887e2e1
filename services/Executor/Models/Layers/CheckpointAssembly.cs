using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>The steps that loading a checkpoint has in every family: open, compare with the weight table, build, let go on failure.</summary>
internal static class CheckpointAssembly
{
    /// <summary>Loads a checkpoint.</summary>
    /// <param name="source">Folder, name, data type and device.</param>
    /// <param name="table">Every tensor that the model has.</param>
    /// <param name="canonical">Maps a name in the file to one of the table, or to null when it is without meaning.</param>
    /// <param name="contextLength">Positions of one request.</param>
    /// <param name="build">Builds the model from the store, which the model then owns.</param>
    /// <exception cref="CheckpointException">Every fault of the tensors or of the shape.</exception>
    public static LoadedModel Load(
        ModelSource source,
        IReadOnlyList<WeightSpec> table,
        Func<string, string?> canonical,
        int contextLength,
        Func<ModelProfile, WeightStore, LoadedModel> build)
    {
        var files = CheckpointFiles.Open(source.Folder);
        WeightStore? store = null;
        try
        {
            var faults = new FaultList();
            var entries = WeightChecker.Match(files, table, canonical, faults);
            faults.ThrowIfAny(source.Folder);
            store = new WeightStore(files, entries, source.DType, source.Device);
            return build(new ModelProfile(source.Name, CheckpointDigest.Compute(files), ShapeOf(source), contextLength), store);
        }
        catch
        {
            store?.Dispose();
            files.Dispose();
            throw;
        }
    }

    private static ModelShape ShapeOf(ModelSource source)
    {
        var text = File.ReadAllText(Path.Combine(source.Folder, "config.json"));
        var shape = ShapeReader.Read(text, source.Name);
        return shape.Value is { } read
            ? read with { KvBytesPerElement = source.DType.SizeInBytes() }
            : throw new CheckpointException(source.Folder, [.. shape.Faults.Select(fault => $"config.json: {fault}")]);
    }
}
