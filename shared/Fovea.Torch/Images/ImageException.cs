namespace Fovea.Torch.Images;

/// <summary>Reports that an image cannot be taken, and why.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Makes an exception for broken data without a message.</summary>
    public ImageException()
        : this(ImageErrorKind.Corrupt, "The image is corrupt.")
    {
    }

    /// <summary>Makes an exception for broken data.</summary>
    public ImageException(string message)
        : this(ImageErrorKind.Corrupt, message)
    {
    }

    /// <summary>Makes an exception for broken data with its cause.</summary>
    public ImageException(string message, Exception innerException)
        : base(message, innerException)
    {
        Kind = ImageErrorKind.Corrupt;
    }

    /// <summary>Makes an exception of a kind.</summary>
    public ImageException(ImageErrorKind kind, string message)
        : base(message)
    {
        Kind = kind;
    }

    /// <summary>Gets why the image is refused.</summary>
    public ImageErrorKind Kind { get; }
}
