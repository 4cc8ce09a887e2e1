using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Sees the queries and keys of one layer's attention beside the main computation.</summary>
internal interface IAttentionTap
{
    /// <summary>Is called once in the layer, after position encoding and before attention.</summary>
    /// <param name="queries">Borrowed [S, H, D], scaled by 1/sqrt(D).</param>
    /// <param name="keys">Borrowed [K, S, D].</param>
    /// <param name="logWeights">Borrowed [S]: added to every logit of a key; null adds nothing.</param>
    void Observe(Tensor queries, Tensor keys, Tensor? logWeights);
}
