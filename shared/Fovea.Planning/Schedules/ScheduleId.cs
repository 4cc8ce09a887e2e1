using System.Diagnostics.CodeAnalysis;

namespace Fovea.Planning.Schedules;

/// <summary>Identifies a schedule by its content: <c>s-</c> and 16 lower-case hexadecimal digits.</summary>
public readonly record struct ScheduleId
{
    private const string Prefix = "s-";
    private const int HexDigits = 16;

    private readonly string? _value;

    private ScheduleId(string value) => _value = value;

    /// <summary>Gets the whole id.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Gets the hexadecimal digits alone.</summary>
    public string Hex => _value is null ? string.Empty : _value[Prefix.Length..];

    /// <summary>Parses an id, with or without its prefix.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ScheduleId id)
    {
        id = default;
        var hex = text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        if (hex is null || hex.Length != HexDigits || !hex.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        id = new(Prefix + hex);
        return true;
    }

    /// <summary>Parses an id, or throws a <see cref="FormatException"/>.</summary>
    public static ScheduleId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no schedule id; one is {Prefix} and {HexDigits} hexadecimal digits");

    /// <inheritdoc cref="Value"/>
    public override string ToString() => Value;

    internal static ScheduleId FromDigest(ReadOnlySpan<byte> sha256) => new(Prefix + Convert.ToHexStringLower(sha256[..(HexDigits / 2)]));
}
