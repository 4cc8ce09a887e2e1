using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fovea.Torch.Interop;

namespace Fovea.Torch;

/// <summary>Holds one tensor of libtorch; names follow TorchSharp.</summary>
/// <remarks>
/// A method returns a fresh tensor, owned by the current <see cref="TensorScope"/> of the thread or else by the caller,
/// and never disposes its inputs. A tensor belongs to one thread at a time. The finalizer is only a net.
/// </remarks>
public sealed partial class Tensor : IDisposable
{
    private readonly TensorHandle _handle;
    private TensorScope? _scope;
    private int _slot;
    private long[]? _shape;

    private Tensor(nint handle)
    {
        _handle = new TensorHandle(handle);
    }

    /// <summary>Gets whether the tensor has been disposed.</summary>
    public bool IsDisposed => _handle.IsClosed;

    /// <summary>Gets the scope that owns the tensor, or null.</summary>
    public TensorScope? OwningScope => _scope;

    /// <summary>Gets the native handle, valid while this object is reachable and not disposed.</summary>
    internal nint Handle
    {
        get
        {
            if (_handle.IsClosed)
            {
                ThrowDisposed();
            }

            return _handle.DangerousGetHandle();
        }
    }

    /// <summary>Releases the tensor; its memory goes when no other view of it is left.</summary>
    public void Dispose()
    {
        DetachFromDisposeScope();
        _handle.Dispose();
    }

    /// <summary>Hands the tensor to the scope around its own; without one, to the caller.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor MoveToOuterDisposeScope()
    {
        var outer = _scope?.Outer;
        return outer is null ? DetachFromDisposeScope() : outer.Attach(this);
    }

    /// <summary>Takes the tensor out of its scope: from now on the caller disposes it.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor DetachFromDisposeScope()
    {
        _scope?.Remove(_slot);
        _scope = null;
        return this;
    }

    /// <summary>Describes the tensor by type, device and shape.</summary>
    public override string ToString()
        => IsDisposed
            ? "Tensor (disposed)"
            : string.Create(CultureInfo.InvariantCulture, $"Tensor {dtype} {device} [{string.Join(", ", shape.ToArray())}]");

    /// <summary>Notes the scope and the slot that own the tensor.</summary>
    internal void EnterScope(TensorScope scope, int slot)
    {
        _scope = scope;
        _slot = slot;
    }

    /// <summary>Releases the tensor for its ending scope, which forgets it by itself.</summary>
    internal void DisposeFromScope()
    {
        _scope = null;
        _handle.Dispose();
    }

    /// <summary>Wraps the result of a native call into the current scope; the inputs stay reachable until here.</summary>
    /// <exception cref="TorchException">The call gave no tensor.</exception>
    internal static Tensor Wrap(nint result, Tensor? first = null, Tensor? second = null, Tensor? third = null)
    {
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(third);
        if (result == 0)
        {
            TorchException.ThrowLastError();
        }

        var tensor = new Tensor(result);
        TensorScope.Current?.Attach(tensor);
        return tensor;
    }

    /// <summary>Checks the status of a native call that changed this tensor; the inputs stay reachable until here.</summary>
    /// <returns>This tensor.</returns>
    private Tensor Done(int status, Tensor? first = null, Tensor? second = null)
    {
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        GC.KeepAlive(this);
        TorchException.ThrowIfFailed(status);
        return this;
    }

    /// <summary>Checks the status of a native call that changed this tensor from outside the class.</summary>
    /// <returns>This tensor.</returns>
    internal Tensor Checked(int status, Tensor? other = null) => Done(status, other);

    private (Tensor First, Tensor Second) Pair(int status, nint first, nint second)
    {
        GC.KeepAlive(this);
        TorchException.ThrowIfFailed(status);
        return (Wrap(first), Wrap(second));
    }

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(Tensor));
}
