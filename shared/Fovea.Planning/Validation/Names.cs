namespace Fovea.Planning.Validation;

/// <summary>Says what names of policies, classes, models and schedules look like.</summary>
public static class Names
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 128;

    /// <summary>
    /// Returns whether the text starts with a letter or digit and has only letters, digits and <c>. _ - / :</c> after it.
    /// </summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/' or ':');

    /// <summary>Notes a name that is not valid; <c>*</c> passes where it stands for any.</summary>
    internal static void Check(string field, string? text, bool allowAny, FaultCollector faults)
    {
        if (!IsValid(text) && !(allowAny && text == "*"))
        {
            var any = allowAny ? ", or be *" : string.Empty;
            faults.Invalid(field, $"'{text}' must be 1 to {MaxLength} letters, digits or ._-/: and start with a letter or digit{any}");
        }
    }
}
