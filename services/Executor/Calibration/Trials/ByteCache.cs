namespace Fovea.Executor.Calibration.Trials;

/// <summary>Keeps values up to a number of bytes; the one unused for longest goes first.</summary>
/// <remarks>Owns its values. Serves one thread.</remarks>
internal sealed class ByteCache<TKey, TValue> : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _order = new();
    private readonly long _capacity;

    /// <summary>Keeps at most <paramref name="capacity"/> bytes.</summary>
    public ByteCache(long capacity)
    {
        _capacity = capacity;
    }

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Finds a value and counts it as used now; it stays the cache's.</summary>
    public TValue? Find(TKey key)
    {
        if (!_entries.TryGetValue(key, out var node))
        {
            return null;
        }

        _order.Remove(node);
        _order.AddLast(node);
        return node.Value.Value;
    }

    /// <summary>Takes a value over in place of the one under its key; one that does not fit at all is disposed at once.</summary>
    public void Put(TKey key, TValue value, long bytes)
    {
        Drop(key);
        if (bytes > _capacity)
        {
            (value as IDisposable)?.Dispose();
            return;
        }

        while (Bytes + bytes > _capacity)
        {
            Drop(_order.First!.Value.Key);
        }

        _entries[key] = _order.AddLast(new Entry(key, value, bytes));
        Bytes += bytes;
    }

    /// <summary>Disposes the value under a key, if there is one.</summary>
    public void Drop(TKey key)
    {
        if (_entries.Remove(key, out var node))
        {
            _order.Remove(node);
            Bytes -= node.Value.Bytes;
            (node.Value.Value as IDisposable)?.Dispose();
        }
    }

    /// <summary>Disposes the values under all keys that match.</summary>
    public void DropAll(Predicate<TKey> match)
    {
        foreach (var key in _entries.Keys.Where(key => match(key)).ToList())
        {
            Drop(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DropAll(_ => true);

    private sealed record Entry(TKey Key, TValue Value, long Bytes);
}
