using System.Globalization;

namespace Fovea.Executor.Text.Bpe;

/// <summary>The tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c> that stand for single bytes.</summary>
internal static class ByteTokens
{
    /// <summary>How the byte's token is written.</summary>
    public static string NameOf(int value) => $"<0x{value:X2}>";

    /// <summary>Whether a token is written like that of a byte.</summary>
    public static bool IsByteToken(ReadOnlySpan<char> token) => TryParse(token, out _);

    /// <summary>The byte a token stands for, or false.</summary>
    public static bool TryParse(ReadOnlySpan<char> token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x") && token[5] == '>'
            && byte.TryParse(token[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
