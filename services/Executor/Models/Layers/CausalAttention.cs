using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Causal attention of S query rows over T keys, the last S of which are the rows' own.</summary>
/// <remarks>
/// On the CPU queries go in blocks of <see cref="BlockRows"/>, each against the keys that its last row may see, so masked
/// products are skipped and no [S, T] matrix exists. On CUDA the fused kernel does the same.
/// </remarks>
internal sealed class CausalAttention : IDisposable
{
    private const int BlockRows = 256;
    private readonly Tensor _mask; // [BlockRows, BlockRows], -inf above the diagonal
    private readonly int _heads;
    private readonly int _kvHeads;
    private readonly bool _fused;

    /// <summary>Prepares the mask for one model's heads.</summary>
    public CausalAttention(int heads, int kvHeads, ScalarType dtype, Device device)
    {
        _heads = heads;
        _kvHeads = kvHeads;
        _fused = device.Type == DeviceType.CUDA && torch.HasScaledDotProductAttention;
        using var scope = torch.NewDisposeScope();
        var full = torch.full([BlockRows, BlockRows], double.NegativeInfinity, dtype, device);
        _mask = full.triu(1).DetachFromDisposeScope();
    }

    /// <summary>Computes softmax(Q K^T + w) V with the causal mask.</summary>
    /// <param name="queries">Borrowed [S, H, D], scaled by 1/sqrt(D).</param>
    /// <param name="keys">Borrowed [K, T, D].</param>
    /// <param name="values">Borrowed [K, T, D].</param>
    /// <param name="logWeights">Borrowed [T]: w, the same for every row; null adds nothing.</param>
    /// <returns>Owned [S, H x D].</returns>
    public Tensor Forward(Tensor queries, Tensor keys, Tensor values, Tensor? logWeights = null)
    {
        var rows = queries.shape[0];
        return _fused && rows > 1 && logWeights is null ? Fused(queries, keys, values) : Blocked(queries, keys, values, logWeights);
    }

    /// <inheritdoc/>
    public void Dispose() => _mask.Dispose();

    private Tensor Blocked(Tensor queries, Tensor keys, Tensor values, Tensor? logWeights)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, headDim) = (queries.shape[0], queries.shape[2]);
        var offset = keys.shape[1] - rows;
        var byHead = queries.transpose(0, 1); // [H, S, D]
        var transposedKeys = keys.transpose(1, 2); // [K, D, T]
        var output = torch.empty([rows, _heads, headDim], queries.dtype, queries.device); // [S, H, D]
        for (long start = 0; start < rows; start += BlockRows)
        {
            using var block = torch.NewDisposeScope();
            var length = Math.Min(BlockRows, rows - start);
            var seen = offset + start + length;
            var q = byHead.narrow(1, start, length).reshape([_kvHeads, _heads / _kvHeads * length, headDim]); // [K, G x b, D]
            var scores = q.matmul(transposedKeys.narrow(2, 0, seen)); // [K, G x b, t]
            if (logWeights is not null)
            {
                scores.add_(logWeights.narrow(0, 0, seen));
            }

            if (length > 1)
            {
                scores.view([_heads, length, seen]).narrow(2, seen - length, length)
                    .add_(_mask.narrow(0, 0, length).narrow(1, 0, length));
            }

            var mixed = scores.softmax(-1).matmul(values.narrow(1, 0, seen)); // [K, G x b, D]
            output.narrow(0, start, length).copy_(mixed.view([_heads, length, headDim]).transpose(0, 1));
        }

        return output.view([rows, _heads * headDim]).MoveToOuterDisposeScope(); // [S, H x D]
    }

    private Tensor Fused(Tensor queries, Tensor keys, Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, headDim) = (queries.shape[0], queries.shape[2]);
        if (keys.shape[1] != rows)
        {
            return Blocked(queries, keys, values, null).MoveToOuterDisposeScope();
        }

        var groups = _heads / _kvHeads;
        var q = queries.transpose(0, 1).unsqueeze(0); // [1, H, S, D]
        var k = keys.repeat_interleave(groups, 0).unsqueeze(0); // [1, H, S, D]
        var v = values.repeat_interleave(groups, 0).unsqueeze(0); // [1, H, S, D]
        var mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v, options: new AttentionOptions(IsCausal: true, Scale: 1.0)); // [1, H, S, D]
        return mixed.squeeze(0).transpose(0, 1).reshape([rows, _heads * headDim]).MoveToOuterDisposeScope(); // [S, H x D]
    }
}
