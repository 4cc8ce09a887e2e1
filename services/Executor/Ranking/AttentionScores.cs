using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>Scores vision tokens by the attention that the last rows of a prompt pay them.</summary>
/// <remarks>
/// Score of a vision token = its probability under the softmax over the whole causal row, mean over heads and over the query
/// rows (papers.md A.3: FastV and PyramidDrop take the last row, the published method the instruction rows). Only those rows
/// are computed: for R rows, S keys and H heads one product [H, R, D] x [D, S] beside the main attention.
/// </remarks>
internal static class AttentionScores
{
    /// <summary>Computes the scores.</summary>
    /// <param name="queries">Borrowed [Q, H, D], scaled by 1/sqrt(D): at least the last R rows of the sequence.</param>
    /// <param name="keys">Borrowed [K, S, D].</param>
    /// <param name="rows">R: how many rows at the end of the sequence ask.</param>
    /// <param name="visionIndex">Borrowed int64 [V]: rows of the vision tokens, ascending.</param>
    /// <param name="weights">Of the asking rows and of the keys; by default all weigh alike.</param>
    /// <returns>Owned float32 [V].</returns>
    public static Tensor Of(Tensor queries, Tensor keys, int rows, Tensor visionIndex, RowWeights weights = default)
    {
        using var scope = torch.NewDisposeScope();
        var (heads, headDim) = (queries.shape[1], queries.shape[2]);
        var (kvHeads, length) = (keys.shape[0], keys.shape[1]);
        var asking = queries.narrow(0, queries.shape[0] - rows, rows).transpose(0, 1)
            .reshape([kvHeads, heads / kvHeads * rows, headDim]); // [K, G x R, D]
        var logits = asking.matmul(keys.transpose(1, 2)).to(ScalarType.Float32).view([heads, rows, length]); // [H, R, S]
        if (weights.LogKeys is { } logKeys)
        {
            logits.add_(logKeys.to(ScalarType.Float32));
        }

        if (rows > 1)
        {
            var hidden = torch.full([rows, rows], double.NegativeInfinity, ScalarType.Float32, queries.device).triu(1); // [R, R]
            logits.narrow(2, length - rows, rows).add_(hidden);
        }

        var attention = logits.softmax(-1); // [H, R, S]
        var received = weights.Asking is not { } asked
            ? attention.view([heads * rows, length]).mean([0]) // [S]
            : asked.unsqueeze(0).matmul(attention.mean([0])).squeeze(0); // [S]
        return received.index_select(0, visionIndex).MoveToOuterDisposeScope(); // [V]
    }
}
