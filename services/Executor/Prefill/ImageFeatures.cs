using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Runs the vision encoder and the projector over the images of one request.</summary>
internal static class ImageFeatures
{
    /// <summary>Gives the features of all images, in prompt order.</summary>
    /// <param name="model">The model; inference thread only.</param>
    /// <param name="images">Preprocessed images; at least one.</param>
    /// <param name="cancellationToken">Checked before every encoder layer.</param>
    /// <returns>Owned [V, C], in no scope.</returns>
    public static Tensor Encode(LoadedModel model, IReadOnlyList<PixelValues> images, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var vision = model.Vision ?? throw new InvalidOperationException("The model has no vision encoder.");
        using var scope = torch.NewDisposeScope();
        var features = images.Select(image => vision.Encode(PixelTensor.Of(image, model.Language), cancellationToken)).ToArray();
        var all = features.Length == 1 ? features[0] : torch.cat(features, 0); // [V, C]
        return all.DetachFromDisposeScope();
    }
}
