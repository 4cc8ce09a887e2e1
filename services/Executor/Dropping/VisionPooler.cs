using System.Collections.Immutable;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Dropping;

/// <summary>Averages squares of neighbouring vision tokens before the first layer, as if the encoder had given fewer.</summary>
/// <remarks>
/// Each image's tokens are a square grid in row-major order. Example, a 3 x 3 grid 0..8 and squares of side 2: the new tokens are
/// the means of 0 1 3 4, of 2 5, of 6 7, and 8 itself; they are known by their first tokens, 0 2 6 8. Text rows stay, and all
/// positions count anew over the shortened prompt.
/// </remarks>
internal static class VisionPooler
{
    /// <summary>Returns the tokens that are left of all images.</summary>
    public static int Count(ImmutableArray<VisionSpan> spans, int side) => spans.Sum(span => Squares(GridOf(span), side) * Squares(GridOf(span), side));

    /// <summary>Returns the side of a span's grid, or 0 when its tokens are no square.</summary>
    public static int GridOf(VisionSpan span)
    {
        var side = (int)Math.Round(Math.Sqrt(span.Length));
        return side * side == span.Length ? side : 0;
    }

    /// <summary>Pools all images of a prompt.</summary>
    /// <param name="rows">Borrowed rows of the whole prompt.</param>
    /// <param name="spans">Where its images stand.</param>
    /// <param name="side">Side of the squares, at least 2.</param>
    /// <returns>Owned rows.</returns>
    public static TokenRows Pool(TokenRows rows, ImmutableArray<VisionSpan> spans, int side)
    {
        using var scope = torch.NewDisposeScope();
        var pieces = new List<Tensor>();
        var (text, vision, ids) = (new List<long>(), new List<long>(), new List<long>());
        var (read, written, token) = (0, 0, 0);
        foreach (var span in spans)
        {
            TakeText(span.Start);
            var first = FirstTokens(GridOf(span), side);
            pieces.Add(Average(rows.Hidden.narrow(0, span.Start, span.Length), GridOf(span), side)); // [squares, C]
            vision.AddRange(Enumerable.Range(written, first.Length).Select(row => (long)row));
            ids.AddRange(first.Select(index => (long)(token + index)));
            (read, written, token) = (span.Start + span.Length, written + first.Length, token + span.Length);
        }

        TakeText(rows.Count);
        var device = rows.Hidden.device;
        return new TokenRows
        {
            Hidden = torch.cat([.. pieces], 0).MoveToOuterDisposeScope(), // [S', C]
            Positions = torch.arange(0, written, 1, ScalarType.Int64, device).MoveToOuterDisposeScope(),
            TextIndex = Index(text, device),
            VisionIndex = Index(vision, device),
            VisionIds = Index(ids, device),
        };

        void TakeText(int end)
        {
            if (end > read)
            {
                pieces.Add(rows.Hidden.narrow(0, read, end - read));
                text.AddRange(Enumerable.Range(written, end - read).Select(row => (long)row));
                written += end - read;
            }
        }
    }

    private static int Squares(int grid, int side) => (grid + side - 1) / side;

    /// <summary>Indices of the squares' upper left tokens.</summary>
    private static int[] FirstTokens(int grid, int side)
    {
        var starts = Enumerable.Range(0, Squares(grid, side)).Select(square => square * side).ToArray();
        return [.. starts.SelectMany(row => starts.Select(column => (row * grid) + column))];
    }

    // A square is a rectangle, so the mean of its rows' means is its mean.
    private static Tensor Average(Tensor tokens, int grid, int side)
    {
        using var scope = torch.NewDisposeScope();
        var width = tokens.shape[1];
        var exact = tokens.to(ScalarType.Float32).view([grid, grid, width]); // [g, g, C]
        var byRow = torch.stack([.. exact.split(side, 0).Select(part => part.mean(0))], 0); // [g', g, C]
        var pooled = torch.stack([.. byRow.split(side, 1).Select(part => part.mean(1))], 1); // [g', g', C]
        return pooled.view([-1, width]).to(tokens.dtype).MoveToOuterDisposeScope(); // [squares, C]
    }

    private static Tensor Index(List<long> rows, Device device) =>
        torch.tensor<long>([.. rows], [rows.Count]).to(device).MoveToOuterDisposeScope();
}
