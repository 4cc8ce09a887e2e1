using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>In which order an image's merge squares go through the tower, and which of them see each other.</summary>
/// <remarks>
/// Example, one frame of 3 rows and 3 columns of squares, windows of 2 x 2: the order is 0 1 3 4, 2 5, 6 7, 8, in windows of 4, 2, 2
/// and 1 squares. Without windows the order is the image's own, and each frame is one run.
/// </remarks>
/// <param name="Squares">The squares of all frames, in the order in which they are run.</param>
/// <param name="Frames">Squares of each frame.</param>
/// <param name="Windows">Squares of each window.</param>
internal sealed record PatchOrder(ImmutableArray<int> Squares, ImmutableArray<int> Frames, ImmutableArray<int> Windows)
{
    /// <summary>Gives the order of an image.</summary>
    /// <param name="grid">In squares.</param>
    /// <param name="window">Side of a window in squares; 0 for none.</param>
    public static PatchOrder Of(PatchGrid grid, int window)
    {
        var frames = Enumerable.Repeat(grid.Rows * grid.Columns, grid.Frames).ToImmutableArray();
        if (window == 0)
        {
            return new PatchOrder([.. Enumerable.Range(0, (int)grid.Count)], frames, frames);
        }

        var squares = ImmutableArray.CreateBuilder<int>((int)grid.Count);
        var windows = ImmutableArray.CreateBuilder<int>();
        for (var frame = 0; frame < grid.Frames; frame++)
        {
            for (var top = 0; top < grid.Rows; top += window)
            {
                for (var left = 0; left < grid.Columns; left += window)
                {
                    windows.Add(AddWindow(squares, grid, frame, (top, left), window));
                }
            }
        }

        return new PatchOrder(squares.MoveToImmutable(), frames, windows.ToImmutable());
    }

    /// <summary>Where each square of the image stands in <see cref="Squares"/>.</summary>
    public long[] Places()
    {
        var places = new long[Squares.Length];
        for (var place = 0; place < places.Length; place++)
        {
            places[Squares[place]] = place;
        }

        return places;
    }

    private static int AddWindow(ImmutableArray<int>.Builder squares, PatchGrid grid, int frame, (int Top, int Left) corner, int window)
    {
        var begun = squares.Count;
        for (var row = corner.Top; row < Math.Min(corner.Top + window, grid.Rows); row++)
        {
            for (var column = corner.Left; column < Math.Min(corner.Left + window, grid.Columns); column++)
            {
                squares.Add((((frame * grid.Rows) + row) * grid.Columns) + column);
            }
        }

        return squares.Count - begun;
    }
}
