using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Calibration;

/// <summary>Runs steps over samples on the inference thread, with their images decoded on the pool where the features are not known yet.</summary>
internal sealed class SampleSteps
{
    private readonly ImagePipeline _images;

    /// <summary>Decodes by the pipeline of served requests.</summary>
    public SampleSteps(ImagePipeline images)
    {
        _images = images;
    }

    /// <summary>Runs one step; it is tried without pixels first, and returns null when it needs them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="set">Where the image is.</param>
    /// <param name="sample">The question.</param>
    /// <param name="step">Runs on the inference thread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> RunAsync<T>(
        ServedModel model, StoredSet set, Sample sample, Func<LoadedModel, PixelValues?, CancellationToken, T?> step, CancellationToken cancellationToken)
        where T : class
    {
        var known = await model.Engine.RunAsideAsync((loaded, ends) => step(loaded, null, ends), cancellationToken).ConfigureAwait(false);
        if (known is not null)
        {
            return known;
        }

        var key = sample.Image.Key;
        var bytes = await set.ReadImageAsync(key, cancellationToken).ConfigureAwait(false);
        var pixels = await _images.PrepareAsync([new ImageFile($"images[{key}]", bytes)], model.Front, cancellationToken).ConfigureAwait(false);
        return await model.Engine.RunAsideAsync((loaded, ends) => step(loaded, pixels[0], ends), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The step asked for the pixels that it was given.");
    }
}
