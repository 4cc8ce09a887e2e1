using System.Buffers;

namespace Fovea.Torch.Interop;

/// <summary>Holds a pin so that it is let go exactly once.</summary>
internal sealed class MemoryHandleHolder : IDisposable
{
    private MemoryHandle _pin;

    /// <summary>Takes over a pin.</summary>
    internal MemoryHandleHolder(MemoryHandle pin)
    {
        _pin = pin;
    }

    /// <inheritdoc/>
    public void Dispose() => _pin.Dispose();
}
