using Fovea.Executor.Runtime;

namespace Fovea.Executor.Ranking;

/// <summary>Orders vision tokens so that neighbours in the order are neighbours in the image.</summary>
/// <remarks>
/// Images follow one another. Inside a square grid tokens follow the Z-order curve: the bits of row and column interleaved. Example, a
/// grid of 4 x 4: the first row's places are 0 1 4 5, the second's 2 3 6 7, the third's 8 9 12 13, the last's 10 11 14 15. Tokens that
/// are no square grid keep their own order.
/// </remarks>
internal static class ZOrder
{
    private const int Bits = 15;

    /// <summary>Returns the place of each vision token.</summary>
    /// <param name="spans">Runs of vision tokens, in prompt order.</param>
    /// <returns>[N]: ascending within an image along its curve; not without gaps.</returns>
    public static long[] Of(IEnumerable<VisionSpan> spans)
    {
        var places = new List<long>();
        var first = 0L;
        foreach (var span in spans)
        {
            var side = (int)Math.Round(Math.Sqrt(span.Length));
            var isSquare = side * side == span.Length;
            for (var token = 0; token < span.Length; token++)
            {
                places.Add(first + (isSquare ? Interleave(token / side, token % side) : token));
            }

            first += 1L << (2 * Bits);
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
