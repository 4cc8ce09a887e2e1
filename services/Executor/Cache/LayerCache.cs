using Fovea.Torch;

namespace Fovea.Executor.Cache;

/// <summary>Keys and values of one layer, allocated once for the most rows it will ever hold.</summary>
internal sealed class LayerCache : IDisposable
{
    private readonly Tensor _keys; // [K, capacity, D]
    private readonly Tensor _values; // [K, capacity, D]
    private Tensor? _seenKeys;
    private Tensor? _seenValues;

    /// <summary>Allocates room for <paramref name="capacity"/> rows.</summary>
    public LayerCache(int kvHeads, int capacity, int headDim, ScalarType dtype, Device device)
    {
        Capacity = capacity;
        _keys = torch.empty([kvHeads, capacity, headDim], dtype, device).DetachFromDisposeScope();
        _values = torch.empty([kvHeads, capacity, headDim], dtype, device).DetachFromDisposeScope();
    }

    /// <summary>Rows that fit.</summary>
    public int Capacity { get; }

    /// <summary>Bytes allocated.</summary>
    public long Bytes => _keys.nbytes + _values.nbytes;

    /// <summary>Rows held.</summary>
    public int Length { get; private set; }

    /// <summary>Keys held: borrowed [K, T, D], valid until the next append or truncation.</summary>
    public Tensor Keys => _seenKeys ?? throw new InvalidOperationException("The cache is empty.");

    /// <summary>Values held: borrowed [K, T, D], valid until the next append or truncation.</summary>
    public Tensor Values => _seenValues ?? throw new InvalidOperationException("The cache is empty.");

    /// <summary>Appends rows.</summary>
    /// <param name="keys">Borrowed [K, S, D], position-encoded.</param>
    /// <param name="values">Borrowed [K, S, D].</param>
    /// <exception cref="InvalidOperationException">More rows than the plan foresaw.</exception>
    public void Append(Tensor keys, Tensor values)
    {
        var rows = (int)keys.shape[1];
        if (Length + rows > Capacity)
        {
            throw new InvalidOperationException($"A layer cache of {Capacity} rows holds {Length} and was given {rows} more.");
        }

        using var scope = torch.NewDisposeScope();
        _keys.narrow(1, Length, rows).copy_(keys);
        _values.narrow(1, Length, rows).copy_(values);
        Show(Length + rows);
    }

    /// <summary>Forgets the rows from <paramref name="length"/> on.</summary>
    /// <param name="length">Rows to keep, 1 to <see cref="Length"/>.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        if (length < Length)
        {
            Show(length);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _keys.Dispose();
        _values.Dispose();
    }

    private void Show(int length)
    {
        Release();
        Length = length;
        _seenKeys = _keys.narrow(1, 0, length).DetachFromDisposeScope();
        _seenValues = _values.narrow(1, 0, length).DetachFromDisposeScope();
    }

    private void Release()
    {
        _seenKeys?.Dispose();
        _seenValues?.Dispose();
        _seenKeys = null;
        _seenValues = null;
    }
}
