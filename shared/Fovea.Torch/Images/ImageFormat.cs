namespace Fovea.Torch.Images;

/// <summary>Names the file formats that are read.</summary>
public enum ImageFormat
{
    /// <summary>None of them.</summary>
    Unknown = 0,

    /// <summary>Portable Network Graphics.</summary>
    Png = 1,

    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg = 2,

    /// <summary>WebP, lossy or lossless.</summary>
    Webp = 3,
}
