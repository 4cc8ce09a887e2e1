namespace Fovea.Executor.Runtime;

/// <summary>Loads the checkpoints of one architecture.</summary>
internal interface IModelFamily
{
    /// <summary>The <c>model_type</c> of its config.json.</summary>
    string ModelType { get; }

    /// <summary>Checks and loads a checkpoint.</summary>
    /// <param name="source">Folder, name, data type and device.</param>
    /// <exception cref="CheckpointException">Faults of config.json or of the tensors, all of them.</exception>
    LoadedModel Load(ModelSource source);
}
