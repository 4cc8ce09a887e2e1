namespace Fovea.Executor.Text.Decoders;

/// <summary>Turns the visible character back into a space, and leaves out those of the first token that were put in front.</summary>
internal sealed class MetaspaceDecoder : ITokenDecoder
{
    private readonly char _replacement;
    private readonly bool _stripsFirst;
    private bool _isFirst = true;

    /// <summary>
    /// Turns <paramref name="replacement"/> into a space; in the first token into nothing when <paramref name="stripsFirst"/>.
    /// </summary>
    public MetaspaceDecoder(char replacement, bool stripsFirst)
    {
        _replacement = replacement;
        _stripsFirst = stripsFirst;
    }

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        output.Add(_isFirst && _stripsFirst
            ? token.Replace(_replacement.ToString(), string.Empty, StringComparison.Ordinal)
            : token.Replace(_replacement, ' '));
        _isFirst = false;
    }

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
    }
}
