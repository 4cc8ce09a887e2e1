namespace Fovea.Torch;

/// <summary>Owns the tensors made on its thread while it is the innermost scope, and disposes them when it ends.</summary>
/// <remarks>Scopes nest as the <c>using</c> statements of one thread do; a tensor is in one scope or in none.</remarks>
public sealed class TensorScope : IDisposable
{
    private static readonly ThreadLocal<TensorScope?> Innermost = new();

    private readonly List<Tensor> _tensors = [];
    private readonly TensorScope? _outer;
    private readonly int _threadId;
    private bool _disposed;

    /// <summary>Opens a scope inside the current one of this thread.</summary>
    internal TensorScope()
    {
        _threadId = Environment.CurrentManagedThreadId;
        _outer = Innermost.Value;
        Innermost.Value = this;
    }

    /// <summary>Gets the innermost open scope of this thread, or null.</summary>
    public static TensorScope? Current => Innermost.Value;

    /// <summary>Gets the scope around this one, or null.</summary>
    public TensorScope? Outer => _outer;

    /// <summary>Gets how many tensors this scope owns.</summary>
    public int Count => _tensors.Count;

    /// <summary>Disposes what the scope still owns and makes the outer scope current.</summary>
    /// <exception cref="InvalidOperationException">Another thread calls, or a scope inside this one is still open.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        RequireThread();
        if (Innermost.Value != this)
        {
            throw new InvalidOperationException("A tensor scope inside this one is still open.");
        }

        _disposed = true;
        Innermost.Value = _outer;
        for (var i = _tensors.Count - 1; i >= 0; i--)
        {
            _tensors[i].DisposeFromScope();
        }

        _tensors.Clear();
    }

    /// <summary>Takes a tensor into this scope, out of the one it was in.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Attach(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ObjectDisposedException.ThrowIf(_disposed, this);
        RequireThread();
        tensor.DetachFromDisposeScope();
        tensor.EnterScope(this, _tensors.Count);
        _tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Lets the tensor at a slot go, in constant time.</summary>
    internal void Remove(int slot)
    {
        RequireThread();
        var last = _tensors.Count - 1;
        if (slot != last)
        {
            var moved = _tensors[last];
            _tensors[slot] = moved;
            moved.EnterScope(this, slot);
        }

        _tensors.RemoveAt(last);
    }

    private void RequireThread()
    {
        if (_threadId != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"The tensor scope belongs to thread {_threadId}; thread {Environment.CurrentManagedThreadId} used it.");
        }
    }
}
