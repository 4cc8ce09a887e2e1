using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Turns preprocessed images into rows of the language model's width.</summary>
internal interface IVisionEncoder
{
    /// <summary>What a preprocessed image becomes in the prompt; touches no tensor, any thread may ask.</summary>
    /// <exception cref="ArgumentException">The image is not as this encoder takes it; what was given and what is needed are named.</exception>
    ImageTokens TokensOf(PixelValues image);

    /// <summary>Encodes one image.</summary>
    /// <param name="image">Borrowed.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned [places, C].</returns>
    Tensor Encode(VisionInput image, CancellationToken cancellationToken);
}
