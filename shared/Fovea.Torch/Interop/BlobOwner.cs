using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Keeps the memory behind a tensor alive until libtorch lets the last view of it go, on whatever thread that is.</summary>
internal sealed class BlobOwner
{
    private readonly object _owner;
    private readonly MemoryHandleHolder? _pin;

    private BlobOwner(object owner, MemoryHandleHolder? pin)
    {
        _owner = owner;
        _pin = pin;
    }

    /// <summary>Gives the address of the native callback that ends an owner's duty.</summary>
    internal static unsafe nint ReleaseCallback => (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Release;

    /// <summary>Makes the context for <see cref="ReleaseCallback"/>; a <see cref="SafeHandle"/> is referenced, so that it cannot close early.</summary>
    /// <exception cref="ObjectDisposedException">The owner is a handle that is closed.</exception>
    internal static nint Hold(object owner)
    {
        if (owner is SafeHandle handle)
        {
            var added = false;
            handle.DangerousAddRef(ref added);
        }

        return GCHandle.ToIntPtr(GCHandle.Alloc(new BlobOwner(owner, pin: null)));
    }

    /// <summary>Makes the context for pinned memory, which is unpinned when the last view goes.</summary>
    internal static nint Hold(System.Buffers.MemoryHandle pin, object owner)
        => GCHandle.ToIntPtr(GCHandle.Alloc(new BlobOwner(owner, new MemoryHandleHolder(pin))));

    /// <summary>Ends the duty of a context that no tensor was made for.</summary>
    internal static void Drop(nint context)
    {
        var handle = GCHandle.FromIntPtr(context);
        var held = (BlobOwner)handle.Target!;
        handle.Free();
        held._pin?.Dispose();
        if (held._owner is SafeHandle safe)
        {
            safe.DangerousRelease();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint context) => Drop(context);
}
