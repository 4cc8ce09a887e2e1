using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Weights of an InternViT, C wide, as far as its layers are run.</summary>
/// <param name="PatchEmbedding">Convolution kernel [C, 3, patch, patch] and bias.</param>
/// <param name="ClassEmbedding">[1, 1, C].</param>
/// <param name="PositionEmbedding">[1, patches + 1, C].</param>
/// <param name="Layers">The layers that are run.</param>
internal sealed record InternVitWeights(
    Linear PatchEmbedding,
    Tensor ClassEmbedding,
    Tensor PositionEmbedding,
    ImmutableArray<InternVitLayerWeights> Layers);
