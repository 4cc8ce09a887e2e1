using Fovea.Torch;

namespace Fovea.Executor.Runtime;

/// <summary>Projected features of one request's images, on the engine's device.</summary>
/// <remarks>Disposing hands the memory back on the inference thread; it may be called from any thread, more than once.</remarks>
internal sealed class VisionFeatures : IDisposable
{
    private readonly Action<Tensor> _release;
    private Tensor? _tensor;

    /// <summary>Wraps a tensor.</summary>
    /// <param name="tensor">Owned [V, C], detached from any scope.</param>
    /// <param name="release">Disposes it on the inference thread.</param>
    public VisionFeatures(Tensor tensor, Action<Tensor> release)
    {
        _tensor = tensor;
        _release = release;
        Tokens = (int)tensor.shape[0];
    }

    /// <summary>V: vision tokens of all images together.</summary>
    public int Tokens { get; }

    /// <summary>The features [V, C]: borrowed, inference thread only.</summary>
    /// <exception cref="ObjectDisposedException">They were disposed.</exception>
    public Tensor Tensor => _tensor ?? throw new ObjectDisposedException(nameof(VisionFeatures));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _tensor, null) is { } tensor)
        {
            _release(tensor);
        }
    }
}
