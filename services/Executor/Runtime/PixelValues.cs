using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>One preprocessed image, as its family's encoder takes it: float32 values, row-major.</summary>
/// <param name="Shape">[3, H, W]; or [tiles, 3, H, W]; or [patches, values].</param>
/// <param name="Values">As many as the shape says.</param>
internal sealed record PixelValues(ImmutableArray<long> Shape, float[] Values)
{
    /// <summary>One picture [3, <paramref name="height"/>, <paramref name="width"/>].</summary>
    public PixelValues(int height, int width, float[] values)
        : this([3, height, width], values)
    {
    }

    /// <summary>How the patches lie in the image, where the shape does not say.</summary>
    public PatchGrid? Grid { get; init; }

    /// <summary>Size before preprocessing, for families whose vision tokens depend on it.</summary>
    public ImageSize? OriginalSize { get; init; }
}
