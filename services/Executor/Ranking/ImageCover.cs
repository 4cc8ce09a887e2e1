using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>Keeps the best-scored vision tokens and, as many again, tokens that stand for the rest of the image.</summary>
/// <remarks>
/// Of n tokens the best ceil(n / 2) stay for their scores. The other m = floor(n / 2) are taken from the R that are left, evenly along
/// an order that neighbours share: places floor((2 j + 1) R / (2 m)) for j = 0 .. m - 1. What the R weighed together is shared
/// among the m: in attention each counts as that many equal keys, exp(q k + log w), which is the proportional attention of ToMe (Bolya et
/// al., 2023). So the share of attention that the background takes from a row stays about what it was, and with it the row's result.
/// Example, scores .4 .1 .3 .1 .05 .05 in their order, n = 4: 0 and 2 stay for their scores; of 1 3 4 5, places 1 and 3, that is 3 and 5,
/// each with weight 2.
/// </remarks>
internal static class ImageCover
{
    /// <summary>Picks the survivors.</summary>
    /// <param name="scores">Borrowed float32 [V]: attention received, with the weights in it.</param>
    /// <param name="order">Borrowed int64 [V]: place of each token in the order.</param>
    /// <param name="weights">Borrowed float32 [V]: how many tokens each stands for.</param>
    /// <param name="count">n, 1..V.</param>
    public static Survivors Pick(Tensor scores, Tensor order, Tensor weights, int count)
    {
        using var scope = torch.NewDisposeScope();
        var total = (int)scores.shape[0];
        var (best, spread) = (count - (count / 2), count / 2);
        var byScore = scores.div(weights).argsort(0, descending: true); // [V]
        var top = byScore.narrow(0, 0, best); // [best]
        var rest = byScore.narrow(0, best, total - best); // [R]
        var along = rest.index_select(0, order.index_select(0, rest).argsort(0)); // [R]
        var chosen = along.index_select(0, Places((int)rest.shape[0], spread, scores.device)); // [m]
        var shared = weights.index_select(0, rest).sum().div(Math.Max(1, spread)).expand(spread); // [m]
        var kept = torch.cat([top, chosen], 0); // [n]
        var ascending = kept.argsort(0); // [n]
        var heavy = torch.cat([weights.index_select(0, top), shared], 0); // [n]
        return new Survivors(
            kept.index_select(0, ascending).MoveToOuterDisposeScope(),
            heavy.index_select(0, ascending).MoveToOuterDisposeScope());
    }

    private static Tensor Places(int available, int count, Device device)
    {
        var places = Enumerable.Range(0, count).Select(index => (((2L * index) + 1) * available) / (2L * count)).ToArray();
        return torch.tensor<long>(places, [count]).to(device); // [m]
    }
}
