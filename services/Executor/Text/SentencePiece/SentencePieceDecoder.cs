using System.Buffers;
using System.Text;
using Fovea.Executor.Text.Decoders;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Turns pieces into text as the SentencePiece library does; each invalid byte gives one U+FFFD.</summary>
internal sealed class SentencePieceDecoder : ITokenDecoder
{
    private readonly PieceSurfaces _surfaces;
    private readonly List<byte> _bytes = [];
    private bool _isAtStart = true;
    private bool _tookPrefix;
    private bool _wrote;

    /// <summary>Decodes one sequence.</summary>
    public SentencePieceDecoder(PieceSurfaces surfaces) => _surfaces = surfaces;

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        if (_surfaces.ByteOf(token) is { } value)
        {
            _bytes.Add(value);
            Drain(isLast: false, output);
            return;
        }

        Finish(output);
        _isAtStart &= !_tookPrefix && !_wrote;
        var text = _surfaces.TextOf(token, _isAtStart, out var tookPrefix);
        _tookPrefix = tookPrefix;
        Write(text, output);
    }

    /// <inheritdoc/>
    public void Finish(List<string> output) => Drain(isLast: true, output);

    private void Write(string text, List<string> output)
    {
        if (text.Length > 0)
        {
            _wrote = true;
            output.Add(text);
        }
    }

    private void Drain(bool isLast, List<string> output)
    {
        if (_bytes.Count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> rest = _bytes.ToArray();
        var builder = new StringBuilder();
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
            if (status == OperationStatus.NeedMoreData && !isLast)
            {
                break;
            }

            // The library takes one byte of an invalid sequence at a time.
            builder.Append(rune);
            rest = rest[(status == OperationStatus.Done ? length : 1)..];
        }

        _bytes.RemoveRange(0, _bytes.Count - rest.Length);
        Write(builder.ToString(), output);
    }
}
