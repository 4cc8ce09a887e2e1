using System.Text;
using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.Decoders;

/// <summary>Turns runs of byte tokens into the text they spell; a run that is no valid UTF-8 gives one U+FFFD for each byte.</summary>
/// <remarks>Whether a run is valid is known only at its end, so a run is held back as a whole.</remarks>
internal sealed class ByteFallbackDecoder : ITokenDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<byte> _run = [];

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        if (ByteTokens.TryParse(token, out var value))
        {
            _run.Add(value);
            return;
        }

        Finish(output);
        output.Add(token);
    }

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
        if (_run.Count == 0)
        {
            return;
        }

        var bytes = _run.ToArray();
        _run.Clear();
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            output.Add(Strict.GetString(bytes));
        }
        else
        {
            output.AddRange(Enumerable.Repeat("\uFFFD", bytes.Length));
        }
    }
}
