using System.Collections.Immutable;
using Fovea.Torch;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Weights of a Qwen vision tower, C wide.</summary>
/// <param name="PatchEmbedding">[C, values of a patch].</param>
/// <param name="Layers">All layers.</param>
internal sealed record QwenVisionWeights(Tensor PatchEmbedding, ImmutableArray<QwenLayerWeights> Layers);
