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

    /// <summary>Time that the inference thread has worked for requests since its start; calibration is left out.</summary>
    TimeSpan BusyTime { get; }

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

    /// <summary>Queues one step of work that serves no request: it runs when no request has anything to do, or when its turn has come.</summary>
    /// <param name="step">Runs on the inference thread, outside any tensor scope, and leaves none open; the token ends it within one layer.</param>
    /// <param name="cancellationToken">Ends the step, or takes it back while it waits.</param>
    /// <exception cref="ObjectDisposedException">The engine is stopped.</exception>
    Task<T> RunAsideAsync<T>(Func<LoadedModel, CancellationToken, T> step, CancellationToken cancellationToken);
}
