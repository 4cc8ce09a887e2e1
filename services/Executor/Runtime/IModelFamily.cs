using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>One architecture: loads its checkpoints, and makes their inputs.</summary>
internal interface IModelFamily
{
    /// <summary>The <c>model_type</c> of its config.json; more than one where the hub holds several layouts.</summary>
    ImmutableArray<string> ModelTypes { get; }

    /// <summary>Checks and loads a checkpoint.</summary>
    /// <param name="source">Folder, name, data type and device.</param>
    /// <exception cref="CheckpointException">Faults of config.json or of the tensors, all of them.</exception>
    LoadedModel Load(ModelSource source);

    /// <summary>Reads how a checkpoint wants its images; no tensor is touched.</summary>
    /// <exception cref="CheckpointException">Faults of config.json or of the preprocessor's file, all of them.</exception>
    IImageInputs OpenImages(string folder);
}
