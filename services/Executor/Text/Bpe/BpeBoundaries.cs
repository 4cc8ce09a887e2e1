using System.Numerics;
using System.Text;

namespace Fovea.Executor.Text.Bpe;

/// <summary>Says between which two characters a merge may ever happen; errs only towards "may".</summary>
internal sealed class BpeBoundaries
{
    private const int MinBits = 8;
    private const int MaxBits = 20;
    private const int BitsForEachRule = 64;

    private readonly ulong[]? _pairs;
    private readonly int _shift;

    /// <summary>
    /// Learns the pairs from the rules. Rules about byte tokens, which are not written as what they stand for, make every pair
    /// possible.
    /// </summary>
    public BpeBoundaries(BpeVocabulary vocabulary, IReadOnlyList<BpeMerge> merges)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, merges.Count)) + BitOperations.Log2(BitsForEachRule), MinBits, MaxBits);
        _shift = 64 - bits;
        var pairs = new ulong[1 << (bits - 6)];
        foreach (var merge in merges)
        {
            var left = vocabulary.TokenOf(merge.Left)!;
            var right = vocabulary.TokenOf(merge.Right)!;
            if (ByteTokens.IsByteToken(left) || ByteTokens.IsByteToken(right))
            {
                return;
            }

            Rune.DecodeLastFromUtf16(left, out var last, out _);
            Rune.DecodeFromUtf16(right, out var first, out _);
            var bit = BitOf(last, first);
            pairs[bit >> 6] |= 1UL << (bit & 63);
        }

        _pairs = pairs;
    }

    /// <summary>
    /// Whether some rule may join a token that ends in <paramref name="left"/> with one that begins with <paramref name="right"/>.
    /// </summary>
    public bool MayJoin(Rune left, Rune right)
    {
        if (_pairs is null)
        {
            return true;
        }

        var bit = BitOf(left, right);
        return (_pairs[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    private int BitOf(Rune left, Rune right) =>
        (int)(((((ulong)(uint)left.Value << 32) | (uint)right.Value) * 0x9E3779B97F4A7C15UL) >> _shift);
}
