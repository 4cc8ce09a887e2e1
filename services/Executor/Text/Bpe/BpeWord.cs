using System.Buffers;

namespace Fovea.Executor.Text.Bpe;

/// <summary>
/// One word while it is merged: a linked list of symbols and a queue of possible merges; owns pooled buffers until disposed.
/// </summary>
internal sealed class BpeWord : IDisposable
{
    private const int ScanLimit = 24;

    private readonly BpeMergeTable _merges;
    private readonly int[] _ids;
    private readonly int[] _next;
    private readonly int[] _previous;
    private int _count;

    /// <summary>Makes room for <paramref name="capacity"/> symbols.</summary>
    public BpeWord(BpeMergeTable merges, int capacity)
    {
        _merges = merges;
        _ids = ArrayPool<int>.Shared.Rent(capacity);
        _next = ArrayPool<int>.Shared.Rent(capacity);
        _previous = ArrayPool<int>.Shared.Rent(capacity);
    }

    /// <summary>Appends a symbol, before merging.</summary>
    public void Add(int id) => _ids[_count++] = id;

    /// <summary>Merges until no rule applies.</summary>
    public void MergeAll()
    {
        if (_count <= ScanLimit)
        {
            MergeByScan();
        }
        else
        {
            MergeByQueue();
        }
    }

    /// <summary>Appends the symbols that are left.</summary>
    public void CopyTo(List<int> ids) => ids.AddRange(_ids.AsSpan(0, _count));

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_ids);
        ArrayPool<int>.Shared.Return(_next);
        ArrayPool<int>.Shared.Return(_previous);
    }

    private void MergeByScan()
    {
        // Ranks stand in the buffer that the linked list does not need here.
        var ranks = _next;
        for (var index = 0; index + 1 < _count; index++)
        {
            ranks[index] = _merges.Rank(_ids[index], _ids[index + 1], out _);
        }

        while (_count > 1)
        {
            var best = IndexOfLowest(ranks.AsSpan(0, _count - 1));
            if (ranks[best] == BpeMergeTable.NoRank)
            {
                return;
            }

            _merges.Rank(_ids[best], _ids[best + 1], out _ids[best]);
            Array.Copy(_ids, best + 2, _ids, best + 1, _count - best - 2);
            Array.Copy(ranks, best + 1, ranks, best, _count - best - 2);
            _count--;
            if (best + 1 < _count)
            {
                ranks[best] = _merges.Rank(_ids[best], _ids[best + 1], out _);
            }

            if (best > 0)
            {
                ranks[best - 1] = _merges.Rank(_ids[best - 1], _ids[best], out _);
            }
        }
    }

    private static int IndexOfLowest(ReadOnlySpan<int> ranks)
    {
        var best = 0;
        for (var index = 1; index < ranks.Length; index++)
        {
            if (ranks[index] < ranks[best])
            {
                best = index;
            }
        }

        return best;
    }

    private void MergeByQueue()
    {
        var queue = new MergeQueue();
        for (var index = 0; index < _count; index++)
        {
            _previous[index] = index - 1;
            _next[index] = index + 1 < _count ? index + 1 : -1;
        }

        for (var index = 0; index < _count; index++)
        {
            Offer(queue, index);
        }

        while (queue.TryTake(out var rank, out var position))
        {
            MergeAt(queue, position, rank);
        }

        Compact();
    }

    private void MergeAt(MergeQueue queue, int position, int rank)
    {
        // A removed symbol has id -1; a changed neighbourhood has another rank: such an offer is stale.
        var right = _ids[position] < 0 ? -1 : _next[position];
        if (right < 0 || _merges.Rank(_ids[position], _ids[right], out var result) != rank)
        {
            return;
        }

        _ids[position] = result;
        _ids[right] = -1;
        _next[position] = _next[right];
        if (_next[right] >= 0)
        {
            _previous[_next[right]] = position;
        }

        Offer(queue, position);
        if (_previous[position] >= 0)
        {
            Offer(queue, _previous[position]);
        }
    }

    private void Offer(MergeQueue queue, int position)
    {
        if (_next[position] >= 0 && _merges.Rank(_ids[position], _ids[_next[position]], out _) is var rank and not BpeMergeTable.NoRank)
        {
            queue.Offer(rank, position);
        }
    }

    private void Compact()
    {
        var kept = 0;
        for (var index = 0; index < _count; index++)
        {
            if (_ids[index] >= 0)
            {
                _ids[kept++] = _ids[index];
            }
        }

        _count = kept;
    }
}
