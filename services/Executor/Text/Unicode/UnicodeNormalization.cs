using System.Text;

namespace Fovea.Executor.Text.Unicode;

/// <summary>Normalizes text by Unicode Standard Annex 15, independent of the runtime's globalization mode.</summary>
internal static class UnicodeNormalization
{
    // Below these no character decomposes, composes with its predecessor or has a combining class.
    private const char FirstComposable = '\u0300';
    private const char FirstDecomposable = '\u00C0';
    private const char FirstCompatible = '\u00A0';

    /// <summary>The well-formed <paramref name="text"/> in a normalization form.</summary>
    public static string Normalize(string text, UnicodeForm form)
    {
        var first = form switch
        {
            UnicodeForm.Composed => FirstComposable,
            UnicodeForm.Decomposed => FirstDecomposable,
            _ => FirstCompatible,
        };
        if (text.AsSpan().IndexOfAnyInRange(first, char.MaxValue) < 0)
        {
            return text;
        }

        var compatible = form is UnicodeForm.CompatibilityComposed or UnicodeForm.CompatibilityDecomposed;
        var characters = Decompose(text, compatible);
        if (form is UnicodeForm.Composed or UnicodeForm.CompatibilityComposed)
        {
            Compose(characters);
        }

        var builder = new StringBuilder(text.Length);
        foreach (var character in characters)
        {
            builder.Append(new Rune(character));
        }

        return builder.ToString();
    }

    private static List<int> Decompose(string text, bool compatible)
    {
        var tables = UnicodeTables.Instance;
        var output = new List<int>(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                output.Add(rune.Value);
            }
            else if (!Hangul.TryDecompose(rune.Value, output))
            {
                output.AddRange(tables.DecompositionOf(rune.Value, compatible) ?? [rune.Value]);
            }
        }

        SortMarks(output);
        return output;
    }

    private static void SortMarks(List<int> output)
    {
        // A stable sort of each run of marks by class; a run may be as long as the text, so it may not be an insertion sort.
        var tables = UnicodeTables.Instance;
        for (var start = 0; start < output.Count; start++)
        {
            if (tables.ClassOf(output[start]) == 0)
            {
                continue;
            }

            var end = start + 1;
            while (end < output.Count && tables.ClassOf(output[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var run = output[start..end].OrderBy(tables.ClassOf).ToArray();
                for (var index = 0; index < run.Length; index++)
                {
                    output[start + index] = run[index];
                }
            }

            start = end - 1;
        }
    }

    private static void Compose(List<int> characters)
    {
        var tables = UnicodeTables.Instance;
        var kept = 0;
        var starter = -1;
        var lastClass = -1;
        for (var index = 0; index < characters.Count; index++)
        {
            var character = characters[index];
            var current = tables.ClassOf(character);
            if (starter >= 0 && (lastClass < current || lastClass == -1))
            {
                var composite = Hangul.Compose(characters[starter], character);
                composite = composite >= 0 ? composite : tables.Compose(characters[starter], character);
                if (composite >= 0)
                {
                    characters[starter] = composite;
                    continue;
                }
            }

            if (current == 0)
            {
                starter = kept;
                lastClass = -1;
            }
            else
            {
                lastClass = current;
            }

            characters[kept++] = character;
        }

        characters.RemoveRange(kept, characters.Count - kept);
    }
}
