using System.Globalization;
using System.Text;

namespace Fovea.Executor.Text;

/// <summary>A string in which every character beyond U+FFFF is one unit of the same general category.</summary>
/// <param name="Text">The stand-in, one unit per character.</param>
/// <param name="Offsets">For each unit, and for the end, where its character begins in the original.</param>
internal sealed record StandIn(string Text, int[] Offsets)
{
    /// <summary>The stand-in of a well-formed text.</summary>
    public static StandIn Of(string text)
    {
        var units = new char[text.Length];
        var offsets = new int[text.Length + 1];
        var count = 0;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            units[count] = rune.IsBmp ? (char)rune.Value : Representative(Rune.GetUnicodeCategory(rune));
            offsets[count++] = at;
            at += rune.Utf16SequenceLength;
        }

        offsets[count] = at;
        return new StandIn(new string(units, 0, count), offsets[..(count + 1)]);
    }

    private static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u00C0',
        UnicodeCategory.LowercaseLetter => '\u00E0',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u05D0',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00B2',
        UnicodeCategory.ConnectorPunctuation => '\u203F',
        UnicodeCategory.DashPunctuation => '\u2013',
        UnicodeCategory.OpenPunctuation => '\u0F3A',
        UnicodeCategory.ClosePunctuation => '\u0F3B',
        UnicodeCategory.InitialQuotePunctuation => '\u00AB',
        UnicodeCategory.FinalQuotePunctuation => '\u00BB',
        UnicodeCategory.OtherPunctuation => '\u00A1',
        UnicodeCategory.MathSymbol => '\u00B1',
        UnicodeCategory.CurrencySymbol => '\u00A2',
        UnicodeCategory.ModifierSymbol => '\u00A8',
        UnicodeCategory.OtherSymbol => '\u00A6',
        UnicodeCategory.Format => '\u00AD',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378',
    };
}
