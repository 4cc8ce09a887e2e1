namespace Fovea.Executor.Text.Decoders;

/// <summary>Removes up to a number of one character at the start and at the end of each token.</summary>
internal sealed class StripDecoder : ITokenDecoder
{
    private readonly char _character;
    private readonly int _start;
    private readonly int _end;
    private int _stripped;

    /// <summary>
    /// Removes at most <paramref name="start"/> leading and <paramref name="end"/> trailing ones of <paramref name="character"/>.
    /// </summary>
    public StripDecoder(char character, int start, int end)
    {
        _character = character;
        _start = start;
        _end = end;
    }

    /// <summary>Whether only the start is stripped, so that a token can be passed on before its end is known.</summary>
    public bool KeepsEnd => _end == 0;

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        var from = 0;
        while (from < token.Length && from < _start && token[from] == _character)
        {
            from++;
        }

        var to = token.Length;
        while (to > from && token.Length - to < _end && token[to - 1] == _character)
        {
            to--;
        }

        output.Add(token[from..to]);
    }

    /// <summary>Takes the next part of the one token there is, and strips the start of that token.</summary>
    public void PushPart(string part, List<string> output)
    {
        var from = 0;
        while (from < part.Length && _stripped < _start && part[from] == _character)
        {
            from++;
            _stripped++;
        }

        if (from < part.Length)
        {
            _stripped = _start;
            output.Add(part[from..]);
        }
    }

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
    }
}
