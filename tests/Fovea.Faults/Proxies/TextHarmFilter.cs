using System.Text;

namespace Fovea.Faults.Proxies;

/// <summary>Changes the last byte of every occurrence of a text, and nothing else; no byte waits for another.</summary>
/// <remarks>Used by one thread.</remarks>
internal sealed class TextHarmFilter : IStreamFilter
{
    private readonly byte[] _text;
    private readonly byte _instead;
    private byte[] _before = [];

    /// <summary>Makes a filter that harms this text, which is ASCII.</summary>
    public TextHarmFilter(string text)
    {
        _text = Encoding.ASCII.GetBytes(text);
        _instead = (byte)(_text[^1] ^ 1);
    }

    /// <inheritdoc/>
    public byte[] Pass(ReadOnlySpan<byte> bytes)
    {
        byte[] all = [.. _before, .. bytes];
        var passed = bytes.ToArray();
        for (var begin = 0; all.AsSpan(begin).IndexOf(_text) is >= 0 and var at; begin += at + _text.Length)
        {
            // What came before was too short to hold all of it, so its last byte is among the new ones.
            passed[begin + at + _text.Length - 1 - _before.Length] = _instead;
        }

        _before = all[Math.Max(0, all.Length - _text.Length + 1)..];
        return passed;
    }
}
