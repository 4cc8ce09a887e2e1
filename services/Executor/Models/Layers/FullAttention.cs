using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Attention of every row to every row, as vision towers have it.</summary>
/// <remarks>Queries go in blocks of <see cref="BlockRows"/>, so that no [S, S] matrix exists for a large image.</remarks>
internal static class FullAttention
{
    private const int BlockRows = 1024;

    /// <summary>Computes softmax(Q K^T) V.</summary>
    /// <param name="queries">Borrowed [H, S, D], scaled by 1/sqrt(D).</param>
    /// <param name="keys">Borrowed [H, S, D].</param>
    /// <param name="values">Borrowed [H, S, D].</param>
    /// <returns>Owned [S, H x D].</returns>
    public static Tensor Of(Tensor queries, Tensor keys, Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        var (heads, rows, size) = (queries.shape[0], queries.shape[1], queries.shape[2]);
        var transposed = keys.transpose(1, 2); // [H, D, S]
        var parts = new List<Tensor>();
        for (long start = 0; start < rows; start += BlockRows)
        {
            using var block = torch.NewDisposeScope();
            var q = queries.narrow(1, start, Math.Min(BlockRows, rows - start)); // [H, b, D]
            parts.Add(q.matmul(transposed).softmax(-1).matmul(values).MoveToOuterDisposeScope()); // [H, b, D]
        }

        var mixed = parts.Count == 1 ? parts[0] : torch.cat([.. parts], 1); // [H, S, D]
        return mixed.transpose(0, 1).reshape([rows, heads * size]).MoveToOuterDisposeScope(); // [S, H x D]
    }

    /// <summary>Splits rows into heads.</summary>
    /// <param name="x">Borrowed [S, H x D].</param>
    /// <param name="heads">H.</param>
    /// <returns>Owned view [H, S, D].</returns>
    public static Tensor ByHead(Tensor x, int heads) => x.reshape([x.shape[0], heads, x.shape[1] / heads]).transpose(0, 1); // [H, S, D]
}
