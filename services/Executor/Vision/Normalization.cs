namespace Fovea.Executor.Vision;

/// <summary>How the bytes of an image become numbers.</summary>
/// <param name="RescaleFactor">Factor on the byte values; 1 for none.</param>
/// <param name="Mean">What is subtracted from red, green and blue.</param>
/// <param name="Deviation">What red, green and blue are divided by after that; none is 0.</param>
internal sealed record Normalization(double RescaleFactor, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>Mean and deviation of OpenAI's CLIP, bytes brought to 0..1.</summary>
    public static Normalization Clip { get; } =
        new(1.0 / byte.MaxValue, [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]);

    /// <summary>Mean and deviation of ImageNet, bytes brought to 0..1.</summary>
    public static Normalization ImageNet { get; } = new(1.0 / byte.MaxValue, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
}
