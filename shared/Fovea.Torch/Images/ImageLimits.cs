namespace Fovea.Torch.Images;

/// <summary>Bounds what is decoded; both bounds are checked before pixels are allocated.</summary>
/// <param name="MaxBytes">Largest file, in bytes.</param>
/// <param name="MaxPixels">Largest picture, in pixels.</param>
public sealed record ImageLimits(long MaxBytes, long MaxPixels)
{
    /// <summary>Gets 20 MiB and 50 million pixels.</summary>
    public static ImageLimits Default { get; } = new(20L << 20, 50_000_000);
}
