using Fovea.Torch;

namespace Fovea.Executor.Runtime;

/// <summary>Where a model comes from and how it is to run.</summary>
/// <param name="Folder">Folder of a checkpoint in Hugging Face format.</param>
/// <param name="Name">Name that requests and policies use.</param>
/// <param name="DType">Data type of weights and activations.</param>
/// <param name="Device">Where they live.</param>
internal sealed record ModelSource(string Folder, string Name, ScalarType DType, Device Device);
