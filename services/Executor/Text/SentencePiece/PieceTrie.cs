using System.Numerics;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Finds the pieces that a text begins with; one step for each UTF-16 unit.</summary>
internal sealed class PieceTrie
{
    /// <summary>The node that no unit leads to.</summary>
    public const int None = -1;

    private readonly ulong[] _keys;
    private readonly int[] _children;
    private readonly List<int> _values = [None];
    private readonly int _shift;

    /// <summary>Holds <paramref name="pieces"/>, contents and values.</summary>
    public PieceTrie(IReadOnlyCollection<KeyValuePair<string, int>> pieces)
    {
        var units = pieces.Sum(static piece => (long)piece.Key.Length);
        var capacity = BitOperations.RoundUpToPowerOf2((ulong)Math.Max(4, (units * 2) + 1));
        _shift = 64 - BitOperations.Log2(capacity);
        _keys = new ulong[capacity];
        _children = new int[capacity];
        Array.Fill(_keys, ulong.MaxValue);
        foreach (var (content, value) in pieces)
        {
            Add(content, value);
        }
    }

    /// <summary>The node that <paramref name="unit"/> leads to from <paramref name="node"/> (0 at first), or <see cref="None"/>.</summary>
    public int Next(int node, char unit)
    {
        var key = KeyOf(node, unit);
        var slot = SlotOf(key);
        return _keys[slot] == key ? _children[slot] : None;
    }

    /// <summary>The value of the piece that ends at <paramref name="node"/>, or <see cref="None"/>.</summary>
    public int ValueOf(int node) => _values[node];

    private void Add(string content, int value)
    {
        var node = 0;
        foreach (var unit in content)
        {
            var key = KeyOf(node, unit);
            var slot = SlotOf(key);
            if (_keys[slot] != key)
            {
                _keys[slot] = key;
                _children[slot] = _values.Count;
                _values.Add(None);
            }

            node = _children[slot];
        }

        _values[node] = value;
    }

    private static ulong KeyOf(int node, char unit) => ((ulong)(uint)node << 16) | unit;

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
