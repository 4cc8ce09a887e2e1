using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Takes the symbols of a model out of the text, each as one piece, and lets another model encode what lies between.</summary>
internal sealed class SymbolModel : ITokenModel
{
    private readonly AddedTokenMatcher _symbols;
    private readonly ITokenModel _inner;

    /// <summary>Finds <paramref name="symbols"/>; the rest goes to <paramref name="inner"/>.</summary>
    public SymbolModel(AddedTokenMatcher symbols, ITokenModel inner)
    {
        _symbols = symbols;
        _inner = inner;
    }

    /// <inheritdoc/>
    public BpeVocabulary Vocabulary => _inner.Vocabulary;

    /// <inheritdoc/>
    public void Encode(string word, List<int> ids) => _symbols.Split(word, null, (start, end, symbol) =>
    {
        if (symbol is not null)
        {
            ids.Add(symbol.Id);
        }
        else
        {
            _inner.Encode(start == 0 && end == word.Length ? word : word[start..end], ids);
        }
    });
}
