namespace Fovea.Executor.Runtime;

/// <summary>Position ids of a prompt on three axes: time, row, column (M-RoPE, Wang et al. 2024).</summary>
/// <remarks>
/// Text counts on, the same on all axes. An image whose first token would have position p gives the token in frame f, row r, column c
/// the position (p + f, p + r, p + c), and the text after it goes on at p + max(frames, rows, columns). Example, t = text, an image of
/// 2 rows and 3 columns:
/// <code>
/// token   t0  v00 v01 v02 v10 v11 v12  t1  t2
/// time     0    1   1   1   1   1   1   4   5
/// row      0    1   1   1   2   2   2   4   5
/// column   0    1   2   3   1   2   3   4   5
/// </code>
/// So the first generated token has position 6, although the prompt has 9 tokens. After a drop the survivors keep these ids: of the
/// six, v01 and v12 kept are still at (1, 1, 2) and (1, 2, 3), and t1 is still at 4.
/// </remarks>
/// <param name="Values">[S, 3], row-major.</param>
/// <param name="Next">Position of the first generated token: one more than the largest.</param>
internal sealed record PromptPositions(long[] Values, int Next)
{
    /// <summary>Axes of a position.</summary>
    public const int Axes = 3;

    /// <summary>Gives the positions of a prompt.</summary>
    /// <param name="length">S.</param>
    /// <param name="images">First place and grid of each image, in prompt order; the places of one lie in one run.</param>
    public static PromptPositions Of(int length, IReadOnlyList<(int Start, PatchGrid Grid)> images)
    {
        var values = new long[length * Axes];
        var next = 0;
        var row = 0;
        foreach (var (start, grid) in images)
        {
            for (; row < start; row++)
            {
                values.AsSpan(row * Axes, Axes).Fill(next++);
            }

            for (var place = 0; place < grid.Count; place++, row++)
            {
                values[row * Axes] = next + (place / (grid.Rows * grid.Columns));
                values[(row * Axes) + 1] = next + (place / grid.Columns % grid.Rows);
                values[(row * Axes) + 2] = next + (place % grid.Columns);
            }

            next += Math.Max(grid.Frames, Math.Max(grid.Rows, grid.Columns));
        }

        for (; row < length; row++)
        {
            values.AsSpan(row * Axes, Axes).Fill(next++);
        }

        return new PromptPositions(values, next);
    }
}
