using System.Collections.Concurrent;
using System.Text;

namespace Fovea.Executor.Text.Bpe;

/// <summary>
/// Byte-pair encoding of words: the rule of lowest rank merges first, the leftmost of equal ones; safe for several threads.
/// </summary>
/// <remarks>
/// A word is first cut where no rule can ever join the two sides: two characters between which no rule's left token ends and right token
/// begins. The pieces do not influence each other, so each is encoded alone, in time O(n log n) of its length, and short ones are remembered.
/// </remarks>
internal sealed class BpeModel : ITokenModel
{
    private const int MaxCachedLength = 48;
    private const int MaxCachedPieces = 1 << 15;

    private readonly BpeMergeTable _merges;
    private readonly BpeOptions _options;
    private readonly BpeSymbols _symbols;
    private readonly BpeBoundaries _boundaries;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _cacheBySpan;
    private int _cached;

    /// <summary>Builds the model from its vocabulary and rules, ranked by their order or by <paramref name="ranks"/>.</summary>
    public BpeModel(BpeVocabulary vocabulary, IReadOnlyList<BpeMerge> merges, BpeOptions options, IReadOnlyList<int>? ranks = null)
    {
        Vocabulary = vocabulary;
        _options = options;
        _merges = new BpeMergeTable(merges, ranks);
        _symbols = new BpeSymbols(vocabulary, options);
        _boundaries = new BpeBoundaries(vocabulary, merges);
        _cacheBySpan = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public BpeVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public void Encode(string word, List<int> ids) => Encode(word.AsSpan(), ids);

    /// <summary>Appends the ids of <paramref name="word"/>, well-formed text.</summary>
    public void Encode(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.IsEmpty)
        {
            return;
        }

        if (_options.IgnoreMerges && Vocabulary.IdOf(word) is var whole and >= 0)
        {
            ids.Add(whole);
            return;
        }

        var start = 0;
        Rune.DecodeFromUtf16(word, out var previous, out var at);
        while (at < word.Length)
        {
            Rune.DecodeFromUtf16(word[at..], out var next, out var length);
            if (!_boundaries.MayJoin(previous, next) && _symbols.IsKnown(previous) && _symbols.IsKnown(next))
            {
                EncodePiece(word[start..at], ids);
                start = at;
            }

            previous = next;
            at += length;
        }

        EncodePiece(word[start..], ids);
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length == 1)
        {
            _symbols.Append(piece, ids);
            return;
        }

        if (piece.Length > MaxCachedLength)
        {
            Merge(piece, ids);
            return;
        }

        if (_cacheBySpan.TryGetValue(piece, out var known))
        {
            ids.AddRange(known);
            return;
        }

        var before = ids.Count;
        Merge(piece, ids);

        // The limit is kept only roughly by racing threads; it bounds memory, not results.
        if (Volatile.Read(ref _cached) < MaxCachedPieces)
        {
            Interlocked.Increment(ref _cached);
            _cache.TryAdd(piece.ToString(), [.. ids[before..]]);
        }
    }

    private void Merge(ReadOnlySpan<char> piece, List<int> ids)
    {
        using var word = new BpeWord(_merges, piece.Length * BpeSymbols.MaxIdsPerUnit);
        _symbols.Append(piece, word);
        word.MergeAll();
        word.CopyTo(ids);
    }
}
