namespace Fovea.Executor.Runtime;

/// <summary>Finds the family of a checkpoint and loads it.</summary>
internal static class ModelLoader
{
    /// <summary>Loads a checkpoint on the calling thread.</summary>
    /// <exception cref="CheckpointException">config.json cannot be read, names an unknown architecture, or the checkpoint has faults.</exception>
    public static LoadedModel Load(ModelSource source) => ModelFamilies.Of(source.Folder).Family.Load(source);
}
