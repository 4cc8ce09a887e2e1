using Fovea.Executor.Runtime;

namespace Fovea.Executor.Ranking;

/// <summary>Orders vision tokens so that neighbours in the order are neighbours in the image.</summary>
/// <remarks>
/// Grids follow one another: images, tiles of an image, frames. Inside a grid tokens follow the Z-order curve: the bits of row and column
/// interleaved. Example, a grid of 4 x 4: the first row's places are 0 1 4 5, the second's 2 3 6 7, the third's 8 9 12 13, the last's
/// 10 11 14 15. A line keeps its own order.
/// </remarks>
internal static class ZOrder
{
    private const int Bits = 15;

    /// <summary>Returns the place of each vision token.</summary>
    /// <param name="grids">Grids that the tokens fill one after the other, each row by row.</param>
    /// <returns>[N]: ascending along a grid's curve and from grid to grid; not without gaps.</returns>
    public static long[] Of(IEnumerable<PatchGrid> grids)
    {
        var places = new List<long>();
        var first = 0L;
        foreach (var grid in grids)
        {
            for (var frame = 0; frame < grid.Frames; frame++)
            {
                for (var cell = 0; cell < grid.Rows * grid.Columns; cell++)
                {
                    places.Add(first + (grid.Rows == 1 ? cell : Interleave(cell / grid.Columns, cell % grid.Columns)));
                }

                first += 1L << (2 * Bits);
            }
        }

        return [.. places];
    }

    private static long Interleave(int row, int column)
    {
        var place = 0L;
        for (var bit = 0; bit < Bits; bit++)
        {
            place |= ((long)((row >> bit) & 1) << ((2 * bit) + 1)) | ((long)((column >> bit) & 1) << (2 * bit));
        }

        return place;
    }
}
