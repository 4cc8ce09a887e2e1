namespace Fovea.Executor.Text.Unicode;

/// <summary>The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>Appends the two or three letters of a syllable, or says that the character is none.</summary>
    public static bool TryDecompose(int character, List<int> output)
    {
        var index = character - SyllableBase;
        if ((uint)index >= SyllableCount)
        {
            return false;
        }

        output.Add(LeadBase + (index / (VowelCount * TailCount)));
        output.Add(VowelBase + (index / TailCount % VowelCount));
        if (index % TailCount != 0)
        {
            output.Add(TailBase + (index % TailCount));
        }

        return true;
    }

    /// <summary>The syllable of a lead and a vowel, or of an open syllable and a tail; -1 otherwise.</summary>
    public static int Compose(int first, int second)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if ((uint)lead < LeadCount && (uint)vowel < VowelCount)
        {
            return SyllableBase + (((lead * VowelCount) + vowel) * TailCount);
        }

        var syllable = first - SyllableBase;
        var tail = second - TailBase;
        return (uint)syllable < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount ? first + tail : -1;
    }
}
