using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Brings preprocessed pixels to the device.</summary>
internal static class PixelTensor
{
    /// <summary>Copies one image.</summary>
    /// <returns>Owned [3, rows, columns] in the model's data type.</returns>
    public static Tensor Of(PixelValues image, ILanguageModel model)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor<float>(image.Values, [3, image.Height, image.Width]).to(model.DType).to(model.Device).MoveToOuterDisposeScope();
    }
}
