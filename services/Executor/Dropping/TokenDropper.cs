using Fovea.Torch;

namespace Fovea.Executor.Dropping;

/// <summary>Removes vision tokens for good: hidden states, position ids and bookkeeping move together.</summary>
internal static class TokenDropper
{
    /// <summary>Keeps all text rows and the given vision rows, in their order.</summary>
    /// <remarks>
    /// Example: rows t0 v0 v1 v2 t1 and kept 0 2 become t0 v0 v2 t1; text index 0 3, vision index 1 2, positions 0 1 3 4.
    /// Everything is computed on the device, without a copy to the host.
    /// </remarks>
    /// <param name="rows">Borrowed.</param>
    /// <param name="kept">Borrowed int64 [n]: indices into <see cref="TokenRows.VisionIndex"/>, ascending.</param>
    /// <returns>Owned rows with T + n of them.</returns>
    public static TokenRows Drop(TokenRows rows, Tensor kept)
    {
        using var scope = torch.NewDisposeScope();
        var text = rows.TextIndex.shape[0];
        var count = kept.shape[0];
        var survivors = torch.cat([rows.TextIndex, rows.VisionIndex.index_select(0, kept)], 0); // [T + n], text first
        var order = survivors.argsort(0); // [T + n]
        var places = order.argsort(0); // [T + n]: the inverse permutation, new row of each survivor
        var source = survivors.index_select(0, order); // [T + n], ascending
        return new TokenRows
        {
            Hidden = rows.Hidden.index_select(0, source).MoveToOuterDisposeScope(),
            Positions = rows.Positions.index_select(0, source).MoveToOuterDisposeScope(),
            TextIndex = places.narrow(0, 0, text).clone().MoveToOuterDisposeScope(),
            VisionIndex = places.narrow(0, text, count).clone().MoveToOuterDisposeScope(),
            VisionIds = rows.VisionIds.index_select(0, kept).MoveToOuterDisposeScope(),
            VisionOrder = rows.VisionOrder?.index_select(0, kept).MoveToOuterDisposeScope(),
            LogWeights = rows.LogWeights?.index_select(0, source).MoveToOuterDisposeScope(),
        };
    }
}
