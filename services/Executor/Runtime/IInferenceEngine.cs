using System.Threading.Channels;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Runtime;

/// <summary>Runs one loaded model on one device; every tensor stays on the engine's own thread.</summary>
internal interface IInferenceEngine : IAsyncDisposable
{
    /// <summary>Identity and shape of the loaded model, as announced to the scheduler.</summary>
    ModelProfile Profile { get; }

    /// <summary>Jobs waiting for their prefill.</summary>
    int Waiting { get; }

    /// <summary>Jobs between their prefill and their last token.</summary>
    int Running { get; }

    /// <summary>Bytes of KV cache held now by all running jobs.</summary>
    long KvBytes { get; }

    /// <summary>Runs the vision encoder and the projector over the images of one request.</summary>
    /// <param name="images">Preprocessed images, in prompt order.</param>
    /// <param name="cancellationToken">Ends the work within one encoder layer.</param>
    /// <returns>Features owned by the caller, who disposes them unless a job took them over.</returns>
    /// <exception cref="ObjectDisposedException">The engine is stopped.</exception>
    Task<VisionFeatures> EncodeImagesAsync(IReadOnlyList<PixelValues> images, CancellationToken cancellationToken);

    /// <summary>Queues one prefill and its decode; events come in order and end with <see cref="GenerationFinished"/>.</summary>
    /// <param name="job">What to run. The engine takes over its features.</param>
    /// <param name="cancellationToken">Ends the work within one decoder layer; the reader then completes with
    /// <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The plan and the prompt do not fit each other or the model.</exception>
    ChannelReader<GenerationEvent> Generate(GenerationJob job, CancellationToken cancellationToken);
}
