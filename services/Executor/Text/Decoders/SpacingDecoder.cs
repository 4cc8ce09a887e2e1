namespace Fovea.Executor.Text.Decoders;

/// <summary>Puts a space between tokens: what a tokenizer without a decoder does.</summary>
internal sealed class SpacingDecoder : ITokenDecoder
{
    private bool _isFirst = true;

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        output.Add(_isFirst ? token : ' ' + token);
        _isFirst = false;
    }

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
    }
}
