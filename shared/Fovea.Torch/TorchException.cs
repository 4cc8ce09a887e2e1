using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Fovea.Torch.Interop;

namespace Fovea.Torch;

/// <summary>Reports that libtorch refused an operation, in libtorch's own words.</summary>
public sealed class TorchException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public TorchException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public TorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws when a native call of this thread has just failed.</summary>
    internal static void ThrowIfFailed(int status)
    {
        if (status < 0)
        {
            ThrowLastError();
        }
    }

    /// <summary>Throws the message that the last failing native call of this thread left.</summary>
    [DoesNotReturn]
    internal static void ThrowLastError()
        => throw new TorchException(Marshal.PtrToStringUTF8(NativeApi.ft_last_error()) ?? "libtorch gave no reason.");
}
