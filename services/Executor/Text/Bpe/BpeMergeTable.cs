using System.Numerics;

namespace Fovea.Executor.Text.Bpe;

/// <summary>
/// Looks up merges by their two neighbours; of two rules for the same pair the later counts, as in the reference library.
/// </summary>
internal sealed class BpeMergeTable
{
    /// <summary>The rank of a pair that no rule merges.</summary>
    public const int NoRank = int.MaxValue;

    private readonly ulong[] _keys;
    private readonly int[] _ranks;
    private readonly int[] _results;
    private readonly int _shift;

    /// <summary>Ranks the rules by their order, or by <paramref name="ranks"/>, one for each, where several may share one.</summary>
    public BpeMergeTable(IReadOnlyList<BpeMerge> merges, IReadOnlyList<int>? ranks = null)
    {
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, (merges.Count * 2) + 1));
        _shift = 64 - BitOperations.Log2((uint)capacity);
        _keys = new ulong[capacity];
        _ranks = new int[capacity];
        _results = new int[capacity];
        Array.Fill(_keys, ulong.MaxValue);
        for (var index = 0; index < merges.Count; index++)
        {
            var slot = SlotOf(Key(merges[index].Left, merges[index].Right));
            _keys[slot] = Key(merges[index].Left, merges[index].Right);
            _ranks[slot] = ranks is null ? index : ranks[index];
            _results[slot] = merges[index].Result;
        }
    }

    /// <summary>The rank of a pair, lower merges first, or <see cref="NoRank"/>; and the token it becomes.</summary>
    public int Rank(int left, int right, out int result)
    {
        var key = Key(left, right);
        var slot = SlotOf(key);
        result = _results[slot];
        return _keys[slot] == key ? _ranks[slot] : NoRank;
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int SlotOf(ulong key)
    {
        var slot = (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
        while (_keys[slot] != key && _keys[slot] != ulong.MaxValue)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        return slot;
    }
}
