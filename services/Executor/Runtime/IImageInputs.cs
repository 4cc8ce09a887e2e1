using Fovea.Executor.Vision;

namespace Fovea.Executor.Runtime;

/// <summary>What a family does with images on the CPU, before the inference thread; safe for several threads.</summary>
internal interface IImageInputs
{
    /// <summary>Id that stands for one place of an image in prompt ids.</summary>
    int ImageTokenId { get; }

    /// <summary>Tokens around each image; null for none.</summary>
    ImageFrame? Frame { get; }

    /// <summary>What an image of a size becomes in the prompt; no pixel is needed.</summary>
    /// <exception cref="ImageShapeException">The family takes no image of that shape.</exception>
    ImageTokens TokensOf(ImageSize size);

    /// <summary>Makes the encoder's input of a decoded image.</summary>
    /// <exception cref="ImageShapeException">The family takes no image of that shape.</exception>
    PixelValues Process(RgbPixels image);
}
