using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Brings preprocessed pixels to the device.</summary>
internal static class PixelTensor
{
    /// <summary>Copies one image.</summary>
    /// <returns>Owned pixels of the image's shape, in the model's data type.</returns>
    public static VisionInput Of(PixelValues image, ILanguageModel model)
    {
        using var scope = torch.NewDisposeScope();
        var pixels = torch.tensor<float>(image.Values, image.Shape.AsSpan()).to(model.DType).to(model.Device).MoveToOuterDisposeScope();
        return new VisionInput(pixels, image.Grid, image.OriginalSize);
    }
}
