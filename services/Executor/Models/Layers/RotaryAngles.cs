using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Cosines and sines of S rows, each [S, 1, D/2] in the model's data type.</summary>
/// <param name="Cos">Owned by whoever made the record.</param>
/// <param name="Sin">Owned by whoever made the record.</param>
internal readonly record struct RotaryAngles(Tensor Cos, Tensor Sin);
