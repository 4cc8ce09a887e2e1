namespace Fovea.Executor.Vision;

/// <summary>Says that an image cannot be preprocessed because of its width and height.</summary>
internal sealed class ImageShapeException : Exception
{
    /// <summary>Makes the error; the message names the shape and the limit.</summary>
    public ImageShapeException(string message)
        : base(message)
    {
    }
}
