namespace Fovea.Executor.Text.Decoders;

/// <summary>
/// Joins all tokens into one and lets one last stage work on it; the joined text flows on as it comes when that stage allows it.
/// </summary>
internal sealed class FuseDecoder : ITokenDecoder
{
    private readonly IReadOnlyList<ITokenDecoder> _after;
    private readonly List<string> _held = [];

    /// <summary>Joins tokens for <paramref name="after"/>, the stages that follow.</summary>
    public FuseDecoder(IReadOnlyList<ITokenDecoder> after) => _after = after;

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        if (_after.Count == 0)
        {
            output.Add(token);
        }
        else if (_after is [StripDecoder { KeepsEnd: true } strip])
        {
            strip.PushPart(token, output);
        }
        else
        {
            _held.Add(token);
        }
    }

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
        if (_held.Count > 0)
        {
            output.AddRange(DecoderChain.Run(_after, [string.Concat(_held)]));
        }
    }
}
