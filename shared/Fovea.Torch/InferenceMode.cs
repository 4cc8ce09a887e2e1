using Fovea.Torch.Interop;

namespace Fovea.Torch;

/// <summary>Keeps this thread free of autograd bookkeeping until it is disposed; other threads are not affected.</summary>
public sealed class InferenceMode : IDisposable
{
    private readonly int _threadId;
    private nint _native;

    /// <summary>Enters inference mode on this thread.</summary>
    internal InferenceMode()
    {
        _threadId = Environment.CurrentManagedThreadId;
        _native = NativeApi.ft_inference_mode_enter();
        if (_native == 0)
        {
            TorchException.ThrowLastError();
        }
    }

    /// <summary>Gets whether this thread is in inference mode.</summary>
    public static bool IsEnabled => NativeApi.ft_inference_mode_enabled() != 0;

    /// <summary>Returns this thread to the mode it had before.</summary>
    /// <exception cref="InvalidOperationException">Another thread calls; the mode belongs to the one that entered it.</exception>
    public void Dispose()
    {
        if (_native == 0)
        {
            return;
        }

        if (_threadId != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException($"Inference mode was entered on thread {_threadId} and must end there.");
        }

        NativeApi.ft_inference_mode_exit(_native);
        _native = 0;
    }
}
