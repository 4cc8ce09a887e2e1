using Fovea.Executor.Text.Normalizers;

namespace Fovea.Executor.Text.Decoders;

/// <summary>Replaces a pattern within each token.</summary>
internal sealed class ReplaceDecoder : ITokenDecoder
{
    private readonly ReplaceNormalizer _replace;

    /// <summary>Replaces by <paramref name="replace"/>.</summary>
    public ReplaceDecoder(ReplaceNormalizer replace) => _replace = replace;

    /// <inheritdoc/>
    public void Push(string token, List<string> output) => output.Add(_replace.Normalize(token));

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
    }
}
