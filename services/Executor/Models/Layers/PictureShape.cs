namespace Fovea.Executor.Models.Layers;

/// <summary>Checks the shapes of preprocessed pictures.</summary>
internal static class PictureShape
{
    private const int Channels = 3;

    /// <summary>Refuses what is not one picture of a tower's size.</summary>
    /// <exception cref="ArgumentException">The shape differs; both are named.</exception>
    public static void Require(ReadOnlySpan<long> shape, int side)
    {
        if (!shape.SequenceEqual([Channels, side, side]))
        {
            throw new ArgumentException(
                $"An image has shape [{string.Join(", ", shape.ToArray())}], the vision tower takes [{Channels}, {side}, {side}].", nameof(shape));
        }
    }

    /// <summary>Counts the tiles of one picture or of a stack of them.</summary>
    /// <exception cref="ArgumentException">The tiles are of another size, or there is none.</exception>
    public static int Tiles(ReadOnlySpan<long> shape, int side)
    {
        var tile = shape.Length == 4 ? shape[1..] : shape;
        Require(tile, side);
        var tiles = shape.Length == 4 ? (int)shape[0] : 1;
        return tiles > 0 ? tiles : throw new ArgumentException("An image has no tile.", nameof(shape));
    }
}
