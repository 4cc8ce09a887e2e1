using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Writes losses compactly and reads back exactly the same numbers.</summary>
/// <remarks>
/// Losses that are all 0, 1 or not scored are one letter each: <c>0</c>, <c>1</c>, <c>-</c>. Others are the base64 of their 8 bytes,
/// little-endian, behind <c>f64:</c>.
/// </remarks>
internal static class LossText
{
    private const string Exact = "f64:";

    /// <summary>Returns the text.</summary>
    public static string Format(ImmutableArray<double> losses)
    {
        if (losses.All(loss => double.IsNaN(loss) || loss is 0 or 1))
        {
            return string.Create(losses.Length, losses, (text, values) =>
            {
                for (var sample = 0; sample < values.Length; sample++)
                {
                    text[sample] = double.IsNaN(values[sample]) ? '-' : values[sample] == 0 ? '0' : '1';
                }
            });
        }

        return Exact + Convert.ToBase64String(MemoryMarshal.AsBytes(losses.AsSpan()));
    }

    /// <summary>Returns the losses.</summary>
    /// <exception cref="FormatException">The text was not written by <see cref="Format"/>.</exception>
    public static ImmutableArray<double> Parse(string text)
    {
        if (text.StartsWith(Exact, StringComparison.Ordinal))
        {
            var bytes = Convert.FromBase64String(text[Exact.Length..]);
            return bytes.Length % sizeof(double) == 0
                ? [.. MemoryMarshal.Cast<byte, double>(bytes)]
                : throw new FormatException($"{bytes.Length} bytes are no losses");
        }

        return [.. text.Select(letter => letter switch
        {
            '0' => 0.0,
            '1' => 1.0,
            '-' => double.NaN,
            _ => throw new FormatException($"'{letter}' is no loss"),
        })];
    }
}
