using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Turns preprocessed images into rows of the language model's width.</summary>
internal interface IVisionEncoder
{
    /// <summary>Encodes one image.</summary>
    /// <param name="pixels">Borrowed [3, rows, columns] in the encoder's data type.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <returns>Owned [V, C].</returns>
    Tensor Encode(Tensor pixels, CancellationToken cancellationToken);
}
