namespace Fovea.Cli.Policies;

/// <summary>Compares two texts line by line, by their longest common subsequence.</summary>
internal static class LineDiff
{
    private const int Context = 3;
    private const char Same = ' ';
    private const char Removed = '-';
    private const char Added = '+';

    /// <summary>
    /// Returns the lines of both texts in order, each after a sign: <c>-</c> only before, <c>+</c> only after, a space both. Of lines
    /// that are in both only those next to a difference are shown, and <c>...</c> stands for the rest; empty when the texts are equal.
    /// </summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var lines = Compare(Split(before), Split(after));
        var isShown = new bool[lines.Count];
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index].Sign != Same)
            {
                Array.Fill(isShown, true, Math.Max(index - Context, 0), Math.Min(index + Context + 1, lines.Count) - Math.Max(index - Context, 0));
            }
        }

        var shown = new List<string>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (isShown[index])
            {
                shown.Add($"{lines[index].Sign} {lines[index].Text}");
            }
            else if (isShown.Contains(true) && (index == 0 || isShown[index - 1]))
            {
                shown.Add("  ...");
            }
        }

        return shown;
    }

    private static string[] Split(string text) => text.TrimEnd('\n') is { Length: > 0 } trimmed ? trimmed.Split('\n') : [];

    private static List<(char Sign, string Text)> Compare(string[] before, string[] after)
    {
        // common[i, j]: most lines that before[i..] and after[j..] have in common.
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<(char, string)>();
        var (left, right) = (0, 0);
        while (left < before.Length || right < after.Length)
        {
            if (left < before.Length && right < after.Length && before[left] == after[right])
            {
                lines.Add((Same, before[left]));
                (left, right) = (left + 1, right + 1);
            }
            else if (right == after.Length || (left < before.Length && common[left + 1, right] >= common[left, right + 1]))
            {
                lines.Add((Removed, before[left++]));
            }
            else
            {
                lines.Add((Added, after[right++]));
            }
        }

        return lines;
    }
}
