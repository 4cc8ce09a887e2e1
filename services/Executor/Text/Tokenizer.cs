using System.Text;

namespace Fovea.Executor.Text;

/// <summary>
/// A tokenizer put together from its parts, in the order of the reference library: added tokens, normalizer, words, model, template.
/// </summary>
internal sealed class Tokenizer : ITokenizer
{
    private readonly TokenizerParts _parts;
    private readonly AddedTokenMatcher? _rawTokens;
    private readonly AddedTokenMatcher? _normalizedTokens;
    private readonly Dictionary<int, AddedToken> _addedById;
    private readonly Dictionary<string, AddedToken> _addedByContent;

    /// <summary>Joins the parts.</summary>
    public Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
        AddedTokens = [.. parts.AddedTokens.OrderBy(static token => token.Id)];
        _rawTokens = MatcherOf(AddedTokens.Where(static token => !token.Normalized));
        _normalizedTokens = MatcherOf(AddedTokens.Where(static token => token.Normalized).Select(Normalized));
        _addedById = AddedTokens.ToDictionary(static token => token.Id);
        _addedByContent = AddedTokens.ToDictionary(static token => token.Content, StringComparer.Ordinal);
        VocabularySize = Math.Max(parts.Model.Vocabulary.Size, AddedTokens.Count == 0 ? 0 : AddedTokens[^1].Id + 1);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <inheritdoc/>
    public int[] Encode(string text, bool addSpecialTokens)
    {
        var ids = Begin(addSpecialTokens, text.Length);
        EncodeText(new TextPiece(WellFormed.Of(text), AtStart: true), allow: null, ids);
        return End(addSpecialTokens, ids);
    }

    /// <inheritdoc/>
    public int[] Encode(PromptParts prompt, bool addSpecialTokens)
    {
        var ids = Begin(addSpecialTokens, 0);
        var run = new StringBuilder();
        AddedToken? before = null;
        var atStart = true;
        bool Allow(AddedToken token) => !token.Special && !prompt.Reserved.Contains(token.Id);

        void Flush(AddedToken? after)
        {
            var text = run.ToString();
            text = before?.RightStrip == true ? text.TrimStart() : text;
            text = after?.LeftStrip == true ? text.TrimEnd() : text;
            EncodeText(new TextPiece(WellFormed.Of(text), atStart), Allow, ids);
            run.Clear();
        }

        foreach (var part in prompt.Parts)
        {
            if (part is PromptPart.Text text)
            {
                run.Append(text.Content);
                continue;
            }

            var id = part is PromptPart.Token token ? token.Id : Require(((PromptPart.Control)part).Content);
            var added = _addedById.GetValueOrDefault(id);
            Flush(added);
            ids.Add(id);
            before = added;
            atStart = false;
        }

        Flush(after: null);
        return End(addSpecialTokens, ids);
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var stream = StartDecoding(skipSpecialTokens);
        var builder = new StringBuilder();
        foreach (var id in ids)
        {
            builder.Append(stream.Push(id));
        }

        return builder.Append(stream.Finish()).ToString();
    }

    /// <inheritdoc/>
    public StreamingDetokenizer StartDecoding(bool skipSpecialTokens) => new(this, _parts.MakeDecoders(skipSpecialTokens), skipSpecialTokens);

    /// <inheritdoc/>
    public int? IdOf(string token) =>
        _addedByContent.TryGetValue(token, out var added) ? added.Id : _parts.Model.Vocabulary.IdOf(token);

    /// <inheritdoc/>
    public string? TokenOf(int id) => _addedById.TryGetValue(id, out var added) ? added.Content : _parts.Model.Vocabulary.TokenOf(id);

    /// <inheritdoc/>
    public bool IsSpecial(int id) =>
        _addedById.TryGetValue(id, out var added) ? added.Special : _parts.ControlIds.Contains(id);

    private int Require(string control) =>
        IdOf(control) ?? throw new PromptException($"The tokenizer has no token \"{control}\", which the prompt needs");

    private static AddedTokenMatcher? MatcherOf(IEnumerable<AddedToken> tokens)
    {
        var list = tokens.ToList();
        return list.Count == 0 ? null : new AddedTokenMatcher(list);
    }

    private AddedToken Normalized(AddedToken token) =>
        _parts.Normalizer is null ? token : token with { Content = _parts.Normalizer.Normalize(token.Content) };

    private List<int> Begin(bool addSpecialTokens, int textLength)
    {
        var ids = new List<int>((textLength / 2) + 8);
        if (addSpecialTokens)
        {
            ids.AddRange(_parts.Template.Before);
        }

        return ids;
    }

    private int[] End(bool addSpecialTokens, List<int> ids)
    {
        if (addSpecialTokens)
        {
            ids.AddRange(_parts.Template.After);
        }

        return [.. ids];
    }

    private void EncodeText(TextPiece piece, Func<AddedToken, bool>? allow, List<int> ids)
    {
        piece = _parts.Preparation is null ? piece : piece with { Content = _parts.Preparation.Normalize(piece.Content) };
        Split(_rawTokens, piece, allow, (part, token) =>
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                return;
            }

            var normalized = part with { Content = _parts.Normalizer?.Normalize(part) ?? part.Content };
            Split(_normalizedTokens, normalized, allow, (inner, innerToken) =>
            {
                if (innerToken is not null)
                {
                    ids.Add(innerToken.Id);
                }
                else
                {
                    EncodeWords(inner, ids);
                }
            });
        });
    }

    private static void Split(AddedTokenMatcher? matcher, TextPiece piece, Func<AddedToken, bool>? allow, Action<TextPiece, AddedToken?> add)
    {
        if (matcher is null)
        {
            if (piece.Content.Length > 0)
            {
                add(piece, null);
            }

            return;
        }

        matcher.Split(piece.Content, allow, (start, end, token) =>
        {
            var whole = start == 0 && end == piece.Content.Length;
            var content = token is not null ? string.Empty : whole ? piece.Content : piece.Content[start..end];
            add(new TextPiece(content, piece.AtStart && start == 0), token);
        });
    }

    private void EncodeWords(TextPiece piece, List<int> ids)
    {
        if (_parts.PreTokenizer is null)
        {
            _parts.Model.Encode(piece.Content, ids);
            return;
        }

        _parts.PreTokenizer.Split(piece, word => _parts.Model.Encode(word.Content, ids));
    }
}
