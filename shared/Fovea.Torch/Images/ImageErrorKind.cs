namespace Fovea.Torch.Images;

/// <summary>Names why an image is refused.</summary>
public enum ImageErrorKind
{
    /// <summary>There are no bytes.</summary>
    Empty = 0,

    /// <summary>The bytes are neither PNG, JPEG nor WebP.</summary>
    UnknownFormat = 1,

    /// <summary>The file is larger than allowed.</summary>
    TooManyBytes = 2,

    /// <summary>The picture is larger than allowed.</summary>
    TooManyPixels = 3,

    /// <summary>The file is broken or ends early.</summary>
    Corrupt = 4,
}
