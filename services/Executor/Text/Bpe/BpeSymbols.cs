using System.Text;

namespace Fovea.Executor.Text.Bpe;

/// <summary>
/// Turns characters into the symbols that merging starts from: the character's token, its bytes' tokens, or the unknown token.
/// </summary>
internal sealed class BpeSymbols
{
    /// <summary>Most symbols that one UTF-16 unit becomes: three bytes.</summary>
    public const int MaxIdsPerUnit = 3;

    private const int None = -1;

    private readonly BpeVocabulary _vocabulary;
    private readonly BpeOptions _options;
    private readonly int[] _basic;
    private readonly int[] _bytes = new int[byte.MaxValue + 1];

    /// <summary>Prepares the tables of a vocabulary.</summary>
    public BpeSymbols(BpeVocabulary vocabulary, BpeOptions options)
    {
        _vocabulary = vocabulary;
        _options = options;
        var last = vocabulary.Ids.Keys.Where(static token => token.Length == 1).Select(static token => (int)token[0]).DefaultIfEmpty(-1).Max();
        _basic = new int[last + 1];
        Array.Fill(_basic, None);
        foreach (var (token, id) in vocabulary.Ids)
        {
            if (token.Length == 1)
            {
                _basic[token[0]] = id;
            }
        }

        for (var value = 0; value < _bytes.Length; value++)
        {
            _bytes[value] = vocabulary.IdOf(ByteTokens.NameOf(value)) ?? None;
        }
    }

    /// <summary>Whether the character has a token of its own or of its bytes, so that it is never fused with unknown neighbours.</summary>
    public bool IsKnown(Rune rune) => IdOf(rune) != None || (_options.ByteFallback && HasBytes(rune));

    /// <summary>Appends the symbols of a piece.</summary>
    public void Append(ReadOnlySpan<char> piece, List<int> ids) => Append(piece, (List: ids, Word: (BpeWord?)null));

    /// <summary>Appends the symbols of a piece.</summary>
    public void Append(ReadOnlySpan<char> piece, BpeWord word) => Append(piece, (List: (List<int>?)null, Word: word));

    private void Append(ReadOnlySpan<char> piece, (List<int>? List, BpeWord? Word) target)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var afterUnknown = false;
        foreach (var rune in piece.EnumerateRunes())
        {
            var id = IdOf(rune);
            if (id == None && _options.ByteFallback && HasBytes(rune))
            {
                afterUnknown = false;
                foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    Add(target, _bytes[value]);
                }

                continue;
            }

            var unknown = id == None;
            if (!unknown)
            {
                Add(target, id);
            }
            else if (_options.UnknownId is { } unknownId && !(afterUnknown && _options.FuseUnknown))
            {
                Add(target, unknownId);
            }

            afterUnknown = unknown;
        }
    }

    private static void Add((List<int>? List, BpeWord? Word) target, int id)
    {
        target.List?.Add(id);
        target.Word?.Add(id);
    }

    private int IdOf(Rune rune)
    {
        if (rune.IsBmp)
        {
            return rune.Value < _basic.Length ? _basic[rune.Value] : None;
        }

        Span<char> units = stackalloc char[2];
        return _vocabulary.IdOf(units[..rune.EncodeToUtf16(units)]);
    }

    private bool HasBytes(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
        {
            if (_bytes[value] == None)
            {
                return false;
            }
        }

        return true;
    }
}
