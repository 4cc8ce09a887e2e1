namespace Fovea.Executor.Text.Decoders;

/// <summary>Passes tokens through stages, one by one; serves one sequence.</summary>
internal sealed class DecoderChain
{
    private readonly IReadOnlyList<ITokenDecoder> _stages;

    /// <summary>Passes tokens through <paramref name="stages"/>, which must be fresh.</summary>
    public DecoderChain(IReadOnlyList<ITokenDecoder> stages) => _stages = stages;

    /// <summary>Everything that <paramref name="stages"/> make of a complete list of tokens.</summary>
    public static List<string> Run(IReadOnlyList<ITokenDecoder> stages, IEnumerable<string> tokens)
    {
        var chain = new DecoderChain(stages);
        var output = new List<string>();
        foreach (var token in tokens)
        {
            chain.Push(token, output);
        }

        chain.Finish(output);
        return output;
    }

    /// <summary>Takes a token and appends the text that is certain now.</summary>
    public void Push(string token, List<string> output) => Pass(0, [token], output);

    /// <summary>Appends everything that was held back.</summary>
    public void Finish(List<string> output)
    {
        for (var stage = 0; stage < _stages.Count; stage++)
        {
            var held = new List<string>();
            _stages[stage].Finish(held);
            Pass(stage + 1, held, output);
        }
    }

    private void Pass(int from, List<string> tokens, List<string> output)
    {
        for (var stage = from; stage < _stages.Count && tokens.Count > 0; stage++)
        {
            var next = new List<string>();
            foreach (var token in tokens)
            {
                _stages[stage].Push(token, next);
            }

            tokens = next;
        }

        output.AddRange(tokens);
    }
}
