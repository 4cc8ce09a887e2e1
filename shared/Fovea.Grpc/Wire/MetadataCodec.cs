using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Turns metadata into header values and back.</summary>
internal static class MetadataCodec
{
    private static readonly SearchValues<char> TextCharacters =
        SearchValues.Create(Enumerable.Range(0x20, 0x7f - 0x20).Select(code => (char)code).ToArray());

    /// <summary>The header value of an entry: base64 without padding for bytes, the text itself else.</summary>
    /// <returns>False when the text has a character that no header may carry.</returns>
    public static bool TryEncode(Metadata.Entry entry, out string value)
    {
        if (entry.IsBinary)
        {
            value = Convert.ToBase64String(entry.RawBytes).TrimEnd('=');
            return true;
        }

        value = entry.Value;
        return !value.AsSpan().ContainsAnyExcept(TextCharacters);
    }

    /// <summary>Adds what a header holds; a binary header may hold several values joined by commas, padded or not.</summary>
    /// <exception cref="RpcException">INTERNAL when a binary value is not base64.</exception>
    public static void Decode(string name, string value, Metadata metadata)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            AddText(name, value, metadata);
            return;
        }

        foreach (var range in value.AsSpan().Split(','))
        {
            metadata.Add(name, DecodeBase64(name, value.AsSpan(range).Trim(' ')));
        }
    }

    private static void AddText(string name, string value, Metadata metadata)
    {
        try
        {
            metadata.Add(name, value);
        }
        catch (ArgumentException)
        {
            // HTTP allows names that metadata does not know; such a header is no metadata.
        }
    }

    private static byte[] DecodeBase64(string name, ReadOnlySpan<char> text)
    {
        text = text.TrimEnd('=');
        var padded = (text.Length + 3) / 4 * 4;
        var characters = ArrayPool<char>.Shared.Rent(padded);
        try
        {
            text.CopyTo(characters);
            characters.AsSpan(text.Length, padded - text.Length).Fill('=');
            var bytes = new byte[padded / 4 * 3];
            if (!Convert.TryFromBase64Chars(characters.AsSpan(0, padded), bytes, out var written))
            {
                throw new RpcException(new Status(StatusCode.Internal, $"The metadata entry \"{name}\" is not valid base64."));
            }

            return written == bytes.Length ? bytes : bytes.AsSpan(0, written).ToArray();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}
