using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>Chooses the text rows that rate vision tokens, by their likeness to the image (SparseVLM, papers.md B.4).</summary>
/// <remarks>
/// Likeness is the inner product of embeddings, softmax over the text rows, mean over the vision tokens; rows above the mean
/// rate. Where no row is above it, as with one row, all do. The choice is a weight for each row, so that nothing is copied to the host.
/// </remarks>
internal static class TextRaters
{
    /// <summary>Weighs the text rows.</summary>
    /// <param name="vision">Borrowed embeddings of the vision tokens [V, C], V at least 1.</param>
    /// <param name="text">Borrowed embeddings of the text after the last of them [R, C].</param>
    /// <returns>Owned float32 [R], 1 in sum: equal for all raters, 0 for the others.</returns>
    public static Tensor Weigh(Tensor vision, Tensor text)
    {
        using var scope = torch.NewDisposeScope();
        var likeness = vision.to(ScalarType.Float32).matmul(text.to(ScalarType.Float32).transpose(0, 1)); // [V, R]
        var relation = likeness.softmax(1).mean([0]); // [R]
        var above = relation.gt(relation.mean()).to(ScalarType.Float32); // [R]
        var chosen = above.add(above.sum().eq(0.0).to(ScalarType.Float32)); // [R]
        return chosen.div(chosen.sum()).MoveToOuterDisposeScope(); // [R]
    }
}
