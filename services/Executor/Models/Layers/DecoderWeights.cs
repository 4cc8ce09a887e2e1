using System.Collections.Immutable;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Weights of a decoder-only language model.</summary>
/// <param name="Embedding">[vocabulary, C].</param>
/// <param name="Layers">L layers.</param>
/// <param name="Norm">Final RMSNorm, [C].</param>
/// <param name="Head">[vocabulary, C]; the embedding itself when tied.</param>
internal sealed record DecoderWeights(
    Tensor Embedding,
    ImmutableArray<DecoderLayerWeights> Layers,
    Tensor Norm,
    Linear Head);
