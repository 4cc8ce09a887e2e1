using System.Collections.Immutable;
using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Models.Llava;

/// <summary>Weights of a CLIP vision tower, C wide, as far as its layers are run.</summary>
/// <param name="PatchEmbedding">Convolution kernel [C, 3, patch, patch].</param>
/// <param name="ClassEmbedding">[C].</param>
/// <param name="PositionEmbedding">[patches + 1, C].</param>
/// <param name="PreNorm">LayerNorm before the first layer.</param>
/// <param name="Layers">The layers that are run.</param>
internal sealed record ClipWeights(
    Tensor PatchEmbedding,
    Tensor ClassEmbedding,
    Tensor PositionEmbedding,
    LayerNorm PreNorm,
    ImmutableArray<ClipLayerWeights> Layers);
