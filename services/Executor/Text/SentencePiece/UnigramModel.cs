using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Cuts text into the most probable pieces; safe for several threads.</summary>
/// <remarks>
/// Viterbi over the ends of pieces. Sums are kept in single precision and of equal paths the first found wins, so that the ids are those of
/// the reference library.
/// </remarks>
internal sealed class UnigramModel : ITokenModel
{
    private const float UnknownPenalty = 10;
    private const double SymbolMalus = 0.1;
    private const float SmallestNormal = 1.17549435e-38f;

    private readonly PieceTrie _trie;
    private readonly double[] _scores;
    private readonly float _unknownScore;
    private readonly int _unknownId;
    private readonly int[]? _bytes;

    /// <summary>Takes over the pieces of a model.</summary>
    public UnigramModel(PieceModel model, BpeVocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        _unknownId = model.UnknownId;
        var used = Enumerable.Range(0, model.Pieces.Count).Where(id => model.Pieces[id].Kind is PieceKind.Normal or PieceKind.UserDefined);
        _trie = new PieceTrie([.. used.Select(id => KeyValuePair.Create(model.Pieces[id].Content, id))]);
        var normal = model.Pieces.Where(static piece => piece.Kind == PieceKind.Normal).Select(static piece => piece.Score).ToList();
        _unknownScore = (normal.Count == 0 ? 0 : normal.Min()) - UnknownPenalty;

        // The library takes the smallest positive number as the least maximum.
        var highest = normal.Append(SmallestNormal).Max();
        _scores = [.. model.Pieces.Select(piece => ScoreOf(piece, highest))];
        _bytes = model.ByteFallback
            ? [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => vocabulary.IdOf(ByteTokens.NameOf(value)) ?? _unknownId)]
            : null;
    }

    /// <inheritdoc/>
    public BpeVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public void Encode(string word, List<int> ids)
    {
        if (word.Length == 0)
        {
            return;
        }

        var nodes = ArrayPool<Node>.Shared.Rent(word.Length + 1);
        try
        {
            var paths = nodes.AsSpan(0, word.Length + 1);
            paths.Fill(new Node(0, -1, -1));
            FindPaths(word, paths);
            Append(word, paths, ids);
        }
        finally
        {
            ArrayPool<Node>.Shared.Return(nodes);
        }
    }

    private static double ScoreOf(Piece piece, float highest) => piece.Kind == PieceKind.UserDefined
        ? (Encoding.UTF8.GetByteCount(piece.Content) * highest) - SymbolMalus
        : piece.Score;

    private void FindPaths(string word, Span<Node> paths)
    {
        var start = 0;
        while (start < word.Length)
        {
            var before = paths[start].Score;
            var single = char.IsHighSurrogate(word[start]) && start + 1 < word.Length ? 2 : 1;
            var hasSingle = false;
            var node = 0;
            for (var end = start; end < word.Length;)
            {
                node = _trie.Next(node, word[end++]);
                if (node == PieceTrie.None)
                {
                    break;
                }

                if (_trie.ValueOf(node) is var id and >= 0)
                {
                    Offer(ref paths[end], _scores[id] + before, start, id);
                    hasSingle |= end - start == single;
                }
            }

            if (!hasSingle)
            {
                Offer(ref paths[start + single], _unknownScore + before, start, _unknownId);
            }

            start += single;
        }
    }

    private static void Offer(ref Node target, double score, int start, int id)
    {
        if (target.Start < 0 || score > target.Score)
        {
            target = new Node((float)score, start, id);
        }
    }

    private void Append(string word, ReadOnlySpan<Node> paths, List<int> ids)
    {
        var first = ids.Count;
        for (var end = word.Length; end > 0; end = paths[end].Start)
        {
            var node = paths[end];
            if (node.Id != _unknownId)
            {
                ids.Add(node.Id);
            }
            else if (_bytes is not null)
            {
                AppendBytes(word.AsSpan(node.Start, end - node.Start), ids);
            }
            else if (ids.Count == first || ids[^1] != _unknownId)
            {
                ids.Add(_unknownId);
            }
        }

        ids.Reverse(first, ids.Count - first);
    }

    private void AppendBytes(ReadOnlySpan<char> character, List<int> ids)
    {
        Span<byte> utf8 = stackalloc byte[4];
        Rune.DecodeFromUtf16(character, out var rune, out _);
        for (var index = rune.EncodeToUtf8(utf8) - 1; index >= 0; index--)
        {
            ids.Add(_bytes![utf8[index]]);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(float Score, int Start, int Id);
}
