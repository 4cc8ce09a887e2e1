using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Owns one native tensor and releases it exactly once.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>Takes over a native handle.</summary>
    internal TensorHandle(nint handle)
        : base(0, ownsHandle: true)
    {
        SetHandle(handle);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeApi.ft_free(handle);
        return true;
    }
}
