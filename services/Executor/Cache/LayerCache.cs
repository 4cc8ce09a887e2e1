using Fovea.Torch;

namespace Fovea.Executor.Cache;

/// <summary>Keys and values of one layer, allocated once for the most rows it will ever hold.</summary>
internal sealed class LayerCache : IDisposable
{
    private readonly Tensor _keys; // [K, capacity, D]
    private readonly Tensor _values; // [K, capacity, D]
    private Tensor? _weights; // [capacity]
    private Tensor? _seenWeights;
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
    public long Bytes => _keys.nbytes + _values.nbytes + (_weights?.nbytes ?? 0);

    /// <summary>Rows held.</summary>
    public int Length { get; private set; }

    /// <summary>Keys held: borrowed [K, T, D], valid until the next append or truncation.</summary>
    public Tensor Keys => _seenKeys ?? throw new InvalidOperationException("The cache is empty.");

    /// <summary>Values held: borrowed [K, T, D], valid until the next append or truncation.</summary>
    public Tensor Values => _seenValues ?? throw new InvalidOperationException("The cache is empty.");

    /// <summary>What is added to every logit of a key: borrowed [T], valid until the next append or truncation; null adds nothing.</summary>
    public Tensor? LogWeights => _seenWeights;

    /// <summary>Lets the rows that come next weigh as many as they stand for; rows after them stand for themselves.</summary>
    /// <param name="logWeights">Borrowed float32 [S]: logarithms of their weights.</param>
    public void Weigh(Tensor logWeights)
    {
        using var scope = torch.NewDisposeScope();
        _weights ??= torch.zeros([Capacity], _keys.dtype, _keys.device).DetachFromDisposeScope();
        _weights.narrow(0, Length, logWeights.shape[0]).copy_(logWeights);
    }

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
        _weights?.Dispose();
    }

    private void Show(int length)
    {
        Release();
        Length = length;
        _seenKeys = _keys.narrow(1, 0, length).DetachFromDisposeScope();
        _seenValues = _values.narrow(1, 0, length).DetachFromDisposeScope();
        _seenWeights = _weights?.narrow(0, 0, length).DetachFromDisposeScope();
    }

    private void Release()
    {
        _seenKeys?.Dispose();
        _seenValues?.Dispose();
        _seenWeights?.Dispose();
        _seenWeights = null;
        _seenKeys = null;
        _seenValues = null;
    }
}
