using System.Buffers.Binary;
using System.Text;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Rewrites characters by a model's precompiled_charsmap: a double-array trie of UTF-8 keys and the texts they become.</summary>
internal sealed class CharacterMap
{
    private const uint LeafBit = 1u << 8;
    private const uint LabelMask = (1u << 31) | 0xFF;
    private const uint ValueMask = (1u << 31) - 1;

    private readonly uint[] _units;
    private readonly byte[] _texts;

    private CharacterMap(uint[] units, byte[] texts)
    {
        _units = units;
        _texts = texts;
    }

    /// <summary>The map, or null when the bytes cannot be one.</summary>
    public static CharacterMap? Read(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < sizeof(uint))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(blob);
        var rest = blob[sizeof(uint)..];
        if (length == 0 || length > rest.Length || length % sizeof(uint) != 0)
        {
            return null;
        }

        var units = new uint[length / sizeof(uint)];
        for (var index = 0; index < units.Length; index++)
        {
            units[index] = BinaryPrimitives.ReadUInt32LittleEndian(rest[(index * sizeof(uint))..]);
        }

        return new CharacterMap(units, rest[(int)length..].ToArray());
    }

    /// <summary>
    /// What the longest key that <paramref name="text"/> begins with becomes, and its length in UTF-16 units; null when no key fits.
    /// </summary>
    public string? Match(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        var value = -1;
        var node = Child(0, _units[0]);
        Span<byte> utf8 = stackalloc byte[4];
        var at = 0;
        while (at < text.Length && node < (uint)_units.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var units);
            foreach (var key in utf8[..rune.EncodeToUtf8(utf8)])
            {
                node ^= key;
                if (node >= (uint)_units.Length || (_units[node] & LabelMask) != key)
                {
                    return TextAt(value);
                }

                var unit = _units[node];
                node = Child(node, unit);
                if ((unit & LeafBit) != 0 && node < (uint)_units.Length)
                {
                    value = (int)(_units[node] & ValueMask);
                    length = at + units;
                }
            }

            at += units;
        }

        return TextAt(value);
    }

    private static uint Child(uint node, uint unit) => node ^ ((unit >> 10) << (int)((unit & (1u << 9)) >> 6));

    private string? TextAt(int value)
    {
        if (value < 0 || value > _texts.Length)
        {
            return null;
        }

        var rest = _texts.AsSpan(value);
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
