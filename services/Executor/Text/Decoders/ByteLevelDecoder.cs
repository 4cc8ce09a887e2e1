using System.Text;

namespace Fovea.Executor.Text.Decoders;

/// <summary>
/// Turns visible byte characters back into bytes and these into text; invalid sequences give U+FFFD as soon as they are known to be.
/// </summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    private readonly Decoder _utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
    private readonly List<byte> _bytes = [];

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        ByteAlphabet.Decode(token, _bytes);
        Convert(flush: false, output);
    }

    /// <inheritdoc/>
    public void Finish(List<string> output) => Convert(flush: true, output);

    private void Convert(bool flush, List<string> output)
    {
        var bytes = _bytes.ToArray();
        _bytes.Clear();
        var characters = new char[_utf8.GetCharCount(bytes, 0, bytes.Length, flush)];
        var count = _utf8.GetChars(bytes, 0, bytes.Length, characters, 0, flush);
        if (count > 0)
        {
            output.Add(new string(characters, 0, count));
        }
    }
}
