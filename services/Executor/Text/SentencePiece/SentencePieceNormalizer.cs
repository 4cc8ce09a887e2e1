using System.Text;
using Fovea.Executor.Text.Normalizers;
using Fovea.Executor.Text.PreTokenizers;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Rewrites text by the rules of a SentencePiece model: map, spaces, and the space put in front.</summary>
internal sealed class SentencePieceNormalizer : INormalizer
{
    private readonly NormalizerRules _rules;
    private readonly PrependScheme _scheme;
    private readonly AddedTokenMatcher? _symbols;
    private readonly string _space;

    /// <summary>
    /// Rewrites by <paramref name="rules"/>; <paramref name="scheme"/> says which texts get a space in front, and
    /// <paramref name="symbols"/> are left as they are.
    /// </summary>
    public SentencePieceNormalizer(NormalizerRules rules, PrependScheme scheme, AddedTokenMatcher? symbols)
    {
        _rules = rules;
        _scheme = scheme;
        _symbols = rules.Map is null ? null : symbols;
        _space = rules.EscapeWhitespaces ? PieceModel.Space.ToString() : " ";
    }

    /// <inheritdoc/>
    public string Normalize(string text) => Normalize(new TextPiece(text, AtStart: true));

    /// <inheritdoc/>
    public string Normalize(TextPiece piece)
    {
        if (piece.Content.Length == 0)
        {
            return string.Empty;
        }

        var text = _rules.Map is null ? piece.Content : MapAll(piece.Content);
        text = _rules.RemoveExtraWhitespaces ? Squeeze(text) : text;
        text = _rules.EscapeWhitespaces ? text.Replace(' ', PieceModel.Space) : text;
        var prepends = _scheme == PrependScheme.Always || (_scheme == PrependScheme.First && piece.AtStart);
        text = prepends ? _space + text : text;
        return _rules.RemoveExtraWhitespaces ? text.TrimEnd(_space[0]) : text;
    }

    private string MapAll(string text)
    {
        var builder = new StringBuilder(text.Length + 16);
        if (_symbols is null)
        {
            Map(text, builder);
            return builder.ToString();
        }

        _symbols.Split(text, null, (start, end, token) =>
        {
            if (token is null)
            {
                Map(text.AsSpan(start, end - start), builder);
            }
            else
            {
                builder.Append(text, start, end - start);
            }
        });
        return builder.ToString();
    }

    private void Map(ReadOnlySpan<char> text, StringBuilder builder)
    {
        while (!text.IsEmpty)
        {
            if (_rules.Map!.Match(text, out var length) is { } mapped)
            {
                builder.Append(mapped);
            }
            else
            {
                Rune.DecodeFromUtf16(text, out _, out length);
                builder.Append(text[..length]);
            }

            text = text[length..];
        }
    }

    private static string Squeeze(string text)
    {
        text = text.Trim(' ');
        if (!text.Contains("  ", StringComparison.Ordinal))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character != ' ' || builder[^1] != ' ')
            {
                builder.Append(character);
            }
        }

        return builder.ToString();
    }
}
