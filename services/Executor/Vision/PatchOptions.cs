using Fovea.Executor.Runtime;

namespace Fovea.Executor.Vision;

/// <summary>How an image of native resolution is resized and cut into patches.</summary>
/// <param name="PatchSize">Side of a patch, in pixels.</param>
/// <param name="MergeSize">Patches along one side of the square that becomes one vision token.</param>
/// <param name="FramesPerPatch">Frames that a patch spans in time; a picture is repeated.</param>
internal sealed record PatchOptions(int PatchSize, int MergeSize, int FramesPerPatch)
{
    /// <summary>Fewest pixels after the resize.</summary>
    public long MinPixels { get; init; } = 56 * 56;

    /// <summary>Most pixels after the resize.</summary>
    public long MaxPixels { get; init; } = 28 * 28 * 1280;

    /// <summary>Filter of the resize.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bicubic;

    /// <summary>How bytes become numbers.</summary>
    public Normalization Normalization { get; init; } = Normalization.Clip;

    /// <summary>Values of one patch.</summary>
    public int PatchValues => RgbPixels.Channels * FramesPerPatch * PatchSize * PatchSize;

    /// <summary>The patches of an image of a size.</summary>
    /// <exception cref="ImageShapeException">One side is too long for the other.</exception>
    public PatchGrid GridOf(ImageSize image)
    {
        var size = SmartResize.Of(image, PatchSize * MergeSize, MinPixels, MaxPixels);
        return new PatchGrid(1, size.Height / PatchSize, size.Width / PatchSize);
    }
}
