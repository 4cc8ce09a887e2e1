using Fovea.Executor.Cache;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>A decoder-only language model, run layer by layer by its caller.</summary>
/// <remarks>It knows nothing of vision tokens: which rows a layer sees is decided between two calls of
/// <see cref="RunLayer"/>. Used on the inference thread only.</remarks>
internal interface ILanguageModel : IDisposable
{
    /// <summary>Layers, widths and vocabulary.</summary>
    LanguageShape Shape { get; }

    /// <summary>Data type of weights and activations.</summary>
    ScalarType DType { get; }

    /// <summary>Where weights and activations live.</summary>
    Device Device { get; }

    /// <summary>Position encoding shared by all layers.</summary>
    RotaryTable Rotary { get; }

    /// <summary>Looks up token embeddings.</summary>
    /// <param name="ids">Borrowed int64 [S].</param>
    /// <returns>Owned [S, C].</returns>
    Tensor Embed(Tensor ids);

    /// <summary>Runs one decoder layer and appends its keys and values to the cache.</summary>
    /// <param name="layer">0-based index.</param>
    /// <param name="hidden">Borrowed [S, C].</param>
    /// <param name="rotary">Angles of the S rows.</param>
    /// <param name="cache">Keys and values of this layer; S rows longer afterwards.</param>
    /// <param name="tap">Sees queries and keys when not null.</param>
    /// <returns>Owned [S, C].</returns>
    Tensor RunLayer(int layer, Tensor hidden, RotaryAngles rotary, LayerCache cache, IAttentionTap? tap);

    /// <summary>Computes what a layer's attention would ask and be asked by, without running the layer.</summary>
    /// <param name="layer">0-based index.</param>
    /// <param name="hidden">Borrowed [S, C]: the rows that enter the layer.</param>
    /// <param name="rotary">Angles of the S rows.</param>
    /// <param name="rows">How many rows at the end of the sequence ask, R.</param>
    /// <returns>Owned queries [R, H, D], scaled by 1/sqrt(D), and keys [K, S, D], both position-encoded.</returns>
    (Tensor Queries, Tensor Keys) ProjectQueriesKeys(int layer, Tensor hidden, RotaryAngles rotary, int rows);

    /// <summary>Applies the final normalisation and the output head.</summary>
    /// <param name="hidden">Borrowed [S, C].</param>
    /// <returns>Owned float32 [S, vocabulary].</returns>
    Tensor Head(Tensor hidden);
}
