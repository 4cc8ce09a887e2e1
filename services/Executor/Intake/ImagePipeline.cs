using System.Collections.Immutable;
using Fovea.Executor.Runtime;
using Fovea.Torch.Images;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Intake;

/// <summary>Decodes and preprocesses images on a bounded number of pool threads: the inference thread never waits for a codec.</summary>
internal sealed class ImagePipeline : IDisposable
{
    private readonly SemaphoreSlim _workers;
    private readonly ImageLimits _limits;

    /// <summary>Opens as many places as the options give.</summary>
    public ImagePipeline(IOptions<IntakeOptions> options)
    {
        _workers = new SemaphoreSlim(options.Value.ImageWorkers);
        _limits = new ImageLimits(options.Value.MaxImageBytes, options.Value.MaxImagePixels);
    }

    /// <summary>Makes the encoder's input of every image, in order.</summary>
    /// <exception cref="RequestRefusedException">Files are damaged behind their headers; all of them are named.</exception>
    public async Task<IReadOnlyList<PixelValues>> PrepareAsync(
        ImmutableArray<ImageFile> images, IModelFront front, CancellationToken cancellationToken)
    {
        var faults = new RequestFaults();
        var preparing = images.Select(image => PrepareAsync(image, front, faults, cancellationToken));
        var prepared = await Task.WhenAll(preparing).ConfigureAwait(false);
        faults.ThrowIfAny();
        return prepared!;
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();

    private async Task<PixelValues?> PrepareAsync(
        ImageFile image, IModelFront front, RequestFaults faults, CancellationToken cancellationToken)
    {
        await _workers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => front.Preprocess(ImageCodec.Decode(image.Data.Span, _limits)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ImageException e)
        {
            lock (faults)
            {
                faults.Invalid(image.Field, e.Message);
            }

            return null;
        }
        finally
        {
            _workers.Release();
        }
    }
}
