using System.Runtime.InteropServices;

namespace Fovea.Executor.Text.Bpe;

/// <summary>Possible merges of a long word, least rank first, then leftmost.</summary>
/// <remarks>
/// A word has few ranks and offers mostly come from left to right, so each rank has a list in that order; an offer that comes out of order
/// goes to a heap instead. Taking the next is then a look at two ends and hardly ever a walk through a large heap.
/// </remarks>
internal sealed class MergeQueue
{
    private readonly Dictionary<int, int> _bucketOf = [];
    private readonly List<Bucket> _buckets = [];
    private readonly List<int> _positions = [];
    private readonly List<int> _following = [];
    private readonly PriorityQueue<int, int> _ranks = new();
    private readonly PriorityQueue<int, ulong> _late = new();
    private int _lastRank = -1;
    private int _lastBucket;

    /// <summary>Adds a merge of <paramref name="rank"/> at <paramref name="position"/>.</summary>
    public void Offer(int rank, int position)
    {
        var index = BucketOf(rank);
        ref var bucket = ref CollectionsMarshal.AsSpan(_buckets)[index];
        if (bucket.Head >= 0 && _positions[bucket.Tail] > position)
        {
            _late.Enqueue(position, KeyOf(rank, position));
            return;
        }

        var node = _positions.Count;
        _positions.Add(position);
        _following.Add(-1);
        if (bucket.Head < 0)
        {
            bucket.Head = node;
            _ranks.Enqueue(index, rank);
        }
        else
        {
            _following[bucket.Tail] = node;
        }

        bucket.Tail = node;
    }

    /// <summary>Takes the merge that comes first; false when there is none.</summary>
    public bool TryTake(out int rank, out int position)
    {
        rank = 0;
        position = 0;
        var hasBucket = _ranks.TryPeek(out var index, out rank);
        position = hasBucket ? _positions[_buckets[index].Head] : 0;
        if (_late.TryPeek(out var latePosition, out var lateKey) && (!hasBucket || lateKey < KeyOf(rank, position)))
        {
            _late.Dequeue();
            rank = (int)(lateKey >> 32);
            position = latePosition;
            return true;
        }

        if (!hasBucket)
        {
            return false;
        }

        ref var bucket = ref CollectionsMarshal.AsSpan(_buckets)[index];
        bucket.Head = _following[bucket.Head];
        if (bucket.Head < 0)
        {
            _ranks.Dequeue();
        }

        return true;
    }

    private static ulong KeyOf(int rank, int position) => ((ulong)(uint)rank << 32) | (uint)position;

    private int BucketOf(int rank)
    {
        if (rank != _lastRank)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_bucketOf, rank, out var exists);
            if (!exists)
            {
                index = _buckets.Count;
                _buckets.Add(new Bucket { Head = -1, Tail = -1 });
            }

            _lastRank = rank;
            _lastBucket = index;
        }

        return _lastBucket;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Bucket
    {
        public int Head;
        public int Tail;
    }
}
