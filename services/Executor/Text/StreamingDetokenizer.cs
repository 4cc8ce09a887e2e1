using Fovea.Executor.Text.Decoders;

namespace Fovea.Executor.Text;

/// <summary>
/// Turns ids that arrive one by one into text; the deltas, concatenated, are exactly what decoding all ids at once gives, and each is well-formed.
/// </summary>
/// <remarks>
/// Serves one sequence, not several threads. Text that a later id could still change (a run of byte tokens) is held back.
/// </remarks>
internal sealed class StreamingDetokenizer
{
    private readonly ITokenizer _tokenizer;
    private readonly DecoderChain _chain;
    private readonly bool _skipSpecialTokens;
    private readonly List<string> _output = [];

    /// <summary>Decodes with fresh <paramref name="stages"/>.</summary>
    public StreamingDetokenizer(ITokenizer tokenizer, IReadOnlyList<ITokenDecoder> stages, bool skipSpecialTokens)
    {
        _tokenizer = tokenizer;
        _chain = new DecoderChain(stages);
        _skipSpecialTokens = skipSpecialTokens;
    }

    /// <summary>Takes the next id; returns the text that is certain now, often empty. An id outside the vocabulary gives nothing.</summary>
    public string Push(int id)
    {
        if (_tokenizer.TokenOf(id) is { } token && !(_skipSpecialTokens && _tokenizer.IsSpecial(id)))
        {
            _chain.Push(token, _output);
        }

        return Take();
    }

    /// <summary>Returns what was held back; nothing is pushed afterwards.</summary>
    public string Finish()
    {
        _chain.Finish(_output);
        return Take();
    }

    private string Take()
    {
        var text = _output.Count == 1 ? _output[0] : string.Concat(_output);
        _output.Clear();
        return text;
    }
}
