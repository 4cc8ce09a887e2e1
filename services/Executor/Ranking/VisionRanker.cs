using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>Orders vision tokens by score.</summary>
internal static class VisionRanker
{
    /// <summary>Picks the best-scored tokens; among equals the lower index wins.</summary>
    /// <remarks>Example: scores 0.1 0.4 0.4 0.2 and count 2 give indices 1 2; count 1 gives 1.</remarks>
    /// <param name="scores">Borrowed float32 [V].</param>
    /// <param name="count">How many to pick, 0..V.</param>
    /// <returns>Owned int64 [count]: indices into <paramref name="scores"/>, ascending.</returns>
    public static Tensor Best(Tensor scores, int count)
    {
        using var scope = torch.NewDisposeScope();
        var order = scores.argsort(0, descending: true); // [V]
        return order.narrow(0, 0, count).sort(0).values.MoveToOuterDisposeScope(); // [count]
    }
}
