using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Fovea.Planning.Plans;

/// <summary>Identifies a keep plan by the SHA-256 of its canonical bytes, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct PlanDigest
{
    private const int ShortLength = 12;

    private readonly string? _hex;

    internal PlanDigest(string hex) => _hex = hex;

    /// <summary>Gets all digits.</summary>
    public string Hex => _hex ?? string.Empty;

    /// <summary>Gets the first 12 digits, for people and logs.</summary>
    public string Short => Hex.Length < ShortLength ? Hex : Hex[..ShortLength];

    /// <summary>Parses 64 lower-case hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PlanDigest digest)
    {
        var isDigest = text is { Length: 2 * SHA256.HashSizeInBytes } && text.All(char.IsAsciiHexDigitLower);
        digest = isDigest ? new(text!) : default;
        return isDigest;
    }

    /// <inheritdoc cref="Hex"/>
    public override string ToString() => Hex;

    internal static string HexOf(ReadOnlySpan<byte> canonicalBytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalBytes, hash);
        return Convert.ToHexStringLower(hash);
    }
}
