namespace Fovea.Torch.Images;

/// <summary>Says what an image file claims about itself before it is decoded.</summary>
/// <param name="Format">File format.</param>
/// <param name="Width">Pixels across, after the orientation is applied.</param>
/// <param name="Height">Pixels down, after the orientation is applied.</param>
/// <param name="Bands">Channels in the file, alpha included; a palette counts as its colours.</param>
/// <param name="Pages">Frames; 1 when the picture does not move.</param>
/// <param name="Orientation">EXIF orientation, 1 (upright) to 8.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, int Bands, int Pages, int Orientation)
{
    /// <summary>Gets the number of pixels of one frame.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Gets whether the stored picture is not upright.</summary>
    public bool HasOrientation => Orientation > 1;
}
